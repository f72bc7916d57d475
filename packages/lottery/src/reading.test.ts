import { describe, expect, it } from 'vitest';
import { readConfirmed, readPeople, readQuotas } from './reading.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const quotas = readQuotas(bytes('category,feature,min,max\nAge,young,1,2\nAge,old,1,2\n')).quotas;

describe('reading quotas', () => {
  const expected = [{ category: 'Age', value: '18–24', min: 1, max: 3, row: 2 }];

  it.each([
    ['category,feature,min,max', 'category,feature,min,max\nAge,18–24,1,3\n'],
    ['feature,value,min,max', 'feature,value,min,max\nAge,18–24,1,3'],
    ['category,name,min,max', 'category,name,min,max\r\nAge,18–24,1,3\r\n'],
    ['a byte order mark, capitals and semicolons', '\uFEFFCategory;Feature;Min;Max\nAge;18–24;1;3\n\n'],
    ['tabs', 'feature\tvalue\tmin\tmax\nAge\t18–24\t1\t3\n'],
    ['columns in another order', 'max,min,value,feature\n3,1,18–24,Age\n'],
  ])('takes %s', (_, text) => {
    expect(readQuotas(bytes(text))).toEqual({ quotas: expected, mistakes: [] });
  });

  it('takes flexible bounds, blank where there is none', () => {
    const text = 'feature,value,min,max,min_flex,max_flex\nAge,a,1,3,0,5\nAge,b,1,3,,\n';
    const [a, b] = readQuotas(bytes(text)).quotas;
    expect(a).toMatchObject({ minFlex: 0, maxFlex: 5 });
    expect(b).not.toHaveProperty('minFlex');
  });

  it('names the row of a bound that is no number, and columns that are not there', () => {
    const { mistakes } = readQuotas(bytes('category,feature,min,max\nAge,young,one,\n'));
    expect(mistakes.map(({ row, message }) => [row, message])).toEqual([
      [2, 'min is “one”.'],
      [2, 'max is blank.'],
    ]);
    expect(readQuotas(bytes('a,b\n1,2\n')).mistakes[0]!.fix).toContain('category,feature,min,max');
  });

  it.each([
    ['not UTF-8', new Uint8Array([0x61, 0xff, 0x62]), 'The file is not UTF-8.'],
    ['empty', bytes(''), 'The file has no rows.'],
    ['with an open quotation mark', bytes('category,feature,min,max\n"Age,young,1,2\n'), 'Quote Not Closed'],
  ])('names a file that is %s', (_, content, message) => {
    expect(readQuotas(content).mistakes[0]!.message).toContain(message);
  });
});

describe('reading people', () => {
  it('takes any columns, the usual ids, and homes compared without case', () => {
    const text =
      'Name,AGE,nationbuilder_id,Street,Zip\nAnn,young,n1, 1 High St ,ab1\nBob,old,n2,1 HIGH ST,AB1\n';
    const { people, idColumn } = readPeople(bytes(text), quotas, { household: ['street', 'zip'] });
    expect(people.map(({ id, values, row }) => [id, values['Age'], row])).toEqual([
      ['n1', 'young', 2],
      ['n2', 'old', 3],
    ]);
    expect(people[0]!.household).toBe(people[1]!.household);
    expect(idColumn).toBe('nationbuilder_id');
  });

  it('numbers people from 1 where there is no id, and takes the column that was named', () => {
    expect(readPeople(bytes('age\nyoung\nold\n'), quotas).people.map(({ id }) => id)).toEqual(['1', '2']);
    const named = readPeople(bytes('age,id,letter\nyoung,7,x\n'), quotas, { idColumn: 'Letter' });
    expect(named.people[0]!.id).toBe('x');
  });

  it('keeps the line of a person below a cell with a break in it', () => {
    const text = 'note,age\n"two\nlines",young\nx,old\n';
    expect(readPeople(bytes(text), quotas).people.map(({ row }) => row)).toEqual([3, 4]);
  });

  it('names a category without a column, and a blank address', () => {
    expect(readPeople(bytes('id,sex\n1,f\n'), quotas).mistakes[0]).toMatchObject({
      row: 1,
      message: 'There is no column “Age”. It is a category of the quotas.',
    });
    const { mistakes } = readPeople(bytes('age,zip\nyoung,a\nold, \n'), quotas, { household: ['zip'] });
    expect(mistakes).toMatchObject([{ file: 'respondents', row: 3, message: 'zip is blank.' }]);
  });
});

describe('reading answers', () => {
  it('takes bare ids as confirmed, and the ways people write a status', () => {
    expect(readConfirmed(bytes('id\na\n')).confirmed).toEqual([{ id: 'a', declined: false, row: 2 }]);
    const { confirmed } = readConfirmed(bytes('id,status\na,Confirmed\nb,DECLINED\nc,no\nd,yes\n'));
    expect(confirmed.map(({ declined }) => declined)).toEqual([false, true, true, false]);
  });

  it('names a status that it does not know', () => {
    expect(readConfirmed(bytes('id,status\na,perhaps\n')).mistakes[0]).toMatchObject({
      row: 2,
      file: 'confirmed',
    });
  });
});
