import { describe, expect, test } from 'vitest';
import { councillors, groups, officers, residents } from './names.ts';
import { town } from './index.ts';

const wards = town().wards.map((ward) => ward.code);

describe('the people of Anybridge', () => {
  test('are three hundred, no two of one name or address', () => {
    const people = residents();
    expect(people).toHaveLength(300);
    expect(new Set(people.map((person) => person.name)).size).toBe(300);
    expect(new Set(people.map((person) => person.email)).size).toBe(300);
    expect(people.every((person) => /^[a-z-]+\.[a-z-]+@example\.org$/.test(person.email))).toBe(true);
  });

  test('are the same every time, and a longer list begins with the shorter', () => {
    expect(residents(60)).toEqual(residents().slice(0, 60));
  });

  test('live in every ward, and some of them read their mail in Welsh', () => {
    const people = residents();
    expect(new Set(people.map((person) => person.ward))).toEqual(new Set(wards));
    const welsh = people.filter((person) => person.language === 'cy').length;
    expect(welsh).toBeGreaterThan(20);
    expect(welsh).toBeLessThan(90);
  });

  test('have two councillors in each ward; Weirside has Rhian Pugh and Tom Adeyemi', () => {
    for (const ward of wards) expect(councillors().filter((entry) => entry.ward === ward)).toHaveLength(2);
    const weirside = councillors().filter((entry) => entry.ward === 'AB02');
    expect(weirside.map((entry) => entry.name)).toEqual(['Rhian Pugh', 'Tom Adeyemi']);
    expect(new Set(councillors().map((entry) => entry.email)).size).toBe(24);
  });

  test('know Dylan from Highways, and no officer shares an address with another', () => {
    expect(officers().map((entry) => entry.shown.en)).toContain('Dylan from Highways');
    expect(new Set(officers().map((entry) => entry.email)).size).toBe(officers().length);
  });

  test('have a dozen groups or more, each at home in a ward', () => {
    expect(groups().length).toBeGreaterThanOrEqual(12);
    expect(groups().every((entry) => wards.includes(entry.ward) && entry.about.cy)).toBe(true);
    expect(new Set(groups().map((entry) => entry.slug)).size).toBe(groups().length);
  });
});
