import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInput } from './files.ts';
import type { Input } from './files.ts';
import { adjustedRand, map } from './index.ts';
import type { OpinionMap, PersonRow, StatementRow } from './index.ts';

const DATA = new URL('../../../../shared/data/opinions/', import.meta.url).pathname;
const THERE = existsSync(DATA);
const reason = THERE ? '' : ` (left out: no published data at ${DATA})`;

interface ServerTally {
  A: number;
  D: number;
  S: number;
}
interface ServerStatement {
  tid: number;
  'n-success': number;
  'n-trials': number;
  'p-success': number;
  'p-test': number;
  repness: number;
  'repness-test': number;
  'repful-for': string;
}
interface ServerMap {
  pca: {
    center: number[];
    comps: number[][];
    'comment-projection': number[][];
    'comment-extremity': number[];
  };
  tids: number[];
  n: number;
  'in-conv': number[];
  'user-vote-counts': Record<string, number>;
  'base-clusters': { id: number[]; members: number[][] };
  'group-clusters': { id: number; members: number[] }[];
  'group-votes': Record<string, { 'n-members': number; votes: Record<string, ServerTally> }>;
  'group-aware-consensus': Record<string, number>;
  'comment-priorities': Record<string, number>;
  consensus: { agree: ServerStatement[]; disagree: ServerStatement[] };
  repness: Record<string, ServerStatement[]>;
}

const json = <T>(path: string): T => JSON.parse(readFileSync(DATA + path, 'utf8')) as T;

function serverGroups(server: ServerMap): Record<string, string> {
  const { id, members } = server['base-clusters'];
  return Object.fromEntries(
    server['group-clusters'].flatMap((group) =>
      group.members.flatMap((base) =>
        members[id.indexOf(base)]!.map((pid) => [String(pid), String(group.id)]),
      ),
    ),
  );
}

/** Largest distance between two vectors, the sign of the second being free. */
function apart(left: readonly number[], right: readonly number[]): number {
  const with_ = (sign: number) => Math.max(...left.map((entry, at) => Math.abs(entry - sign * right[at]!)));
  expect(left.length).toBe(right.length);
  return Math.min(with_(1), with_(-1));
}

function byId(made: OpinionMap) {
  return new Map(made.statements.map((row) => [row.id, row]));
}

describe.skipIf(!THERE)(`what a running Polis server made of two conversations${reason}`, () => {
  const cases = ['polismath-150ptpt-3gp-no-strict-no-meta', 'polismath-below-100-ptpts'];
  describe.each(cases)('%s', (name) => {
    let server: ServerMap;
    let input: Input;
    let made: OpinionMap;
    let ordered: StatementRow[];
    beforeAll(() => {
      server = json<ServerMap>(`${name}/math-pca2.json`);
      input = readInput(DATA + name);
      made = map(input.votes, { statements: input.statements, given: serverGroups(server) });
      const rows = byId(made);
      ordered = server.tids.map((tid) => rows.get(String(tid))!);
    });

    it('counts the same people, votes and placed people', () => {
      expect(made.totals.people).toBe(server.n);
      for (const person of made.people) expect(person.votes).toBe(server['user-vote-counts'][person.id]);
      // The server places some who came early, while seven votes were not yet possible; they stay placed.
      const placed = ({ people }: OpinionMap) =>
        people.filter((person) => person.placed).map(({ id }) => Number(id));
      const theirs = server['in-conv'].toSorted((a, b) => a - b);
      const { votes, statements } = input;
      const fresh = new Set(placed(map(votes, { statements })));
      expect(theirs).toEqual(expect.arrayContaining([...fresh]));
      for (const early of theirs.filter((id) => !fresh.has(id))) {
        expect(server['user-vote-counts'][early]).toBeLessThan(7);
      }
      const history = { placed: theirs.map(String), k: 3, candidate: 3, wins: 0, groupOf: {} };
      expect(placed(map(votes, { statements, history }))).toEqual(theirs);
    });

    it('finds the same centre, components, statement points and extremities', () => {
      expect(ordered.length).toBe(made.statements.length);
      // The server's own votes count −1 as agree, so its centre is ours with the other sign.
      const centre = server.pca.center.map((mean) => -mean);
      expect(Math.max(...ordered.map(({ mean }, at) => Math.abs(mean - centre[at]!)))).toBeLessThan(1e-10);
      expect(
        apart(
          ordered.map((row) => row.loading1),
          server.pca.comps[0]!,
        ),
      ).toBeLessThan(1e-6);
      expect(
        apart(
          ordered.map((row) => row.loading2),
          server.pca.comps[1]!,
        ),
      ).toBeLessThan(1e-6);
      expect(
        apart(
          ordered.map((row) => row.x),
          server.pca['comment-projection'][0]!,
        ),
      ).toBeLessThan(1e-6);
      expect(
        apart(
          ordered.map((row) => row.y),
          server.pca['comment-projection'][1]!,
        ),
      ).toBeLessThan(1e-6);
      expect(
        apart(
          ordered.map((row) => row.extremity),
          server.pca['comment-extremity'],
        ),
      ).toBeLessThan(1e-6);
    });

    it('counts the same votes in each group', () => {
      for (const group of made.groups) {
        const theirs = server['group-votes'][group.label]!;
        expect(group.size).toBe(theirs['n-members']);
        made.statements.forEach((statement, at) => {
          const { agrees, disagrees, seen } = group.votes[at]!;
          expect({ A: agrees, D: disagrees, S: seen }).toEqual(theirs.votes[statement.id]);
        });
      }
    });

    it('gives the same consensus, within groups and over all', () => {
      for (const row of made.statements) {
        expect(row.consensus).toBeCloseTo(server['group-aware-consensus'][row.id]!, 10);
      }
      for (const side of ['agree', 'disagree'] as const) {
        expect(made.consensus[side].map(({ statement }) => Number(statement))).toEqual(
          server.consensus[side].map(({ tid }) => tid),
        );
        made.consensus[side].forEach((row, at) => {
          expect(row.shareTest).toBeCloseTo(server.consensus[side][at]!['p-test'], 6);
        });
      }
    });

    it('gives every statement the same priority', () => {
      for (const row of made.statements) {
        expect(Math.abs(row.priority - server['comment-priorities'][row.id]!)).toBeLessThan(1e-6);
      }
    });

    it('lists the same representative statements, in order', () => {
      made.groups.forEach(({ label }, at) => {
        const theirs = server.repness[label]!;
        const mine = made.representative[at]!;
        expect(mine.map((row) => [Number(row.statement), row.direction, row.success, row.trials])).toEqual(
          theirs.map((row) => [row.tid, row['repful-for'], row['n-success'], row['n-trials']]),
        );
        mine.forEach((row, index) => {
          expect(row.ratio).toBeCloseTo(theirs[index]!.repness, 6);
          expect(row.share).toBeCloseTo(theirs[index]!['p-success'], 6);
          expect(row.shareTest).toBeCloseTo(theirs[index]!['p-test'], 6);
          // The server keeps this one in single precision.
          expect(Math.abs(row.ratioTest - theirs[index]!['repness-test'])).toBeLessThan(1e-5);
        });
      });
    });
  });
});

interface Expected {
  participants: number;
  comments: number;
  votes: number;
  modOut: number[];
  inConv: number;
  pca: {
    eigenvalues_n_minus_1: [number, number];
    center_first10: number[];
    comp0_first10: number[];
    comp1_first10: number[];
  };
  projection_first20: [number, number, number][];
  extremity_first20: [number, number][];
  consensus: { agree: number[]; disagree: number[] };
  givenPublishedGroups: {
    groupAwareConsensusTop20: [number, number][];
    prioritiesFirst20: [number, number][];
    repness: Record<
      string,
      {
        tid: number;
        for: string;
        nSuccess: number;
        nTrials: number;
        repness: number;
        repnessTest: number;
        pTest: number;
      }[]
    >;
  };
}

/** The expected figures are written with six decimals: half a unit of the last is allowed. */
const near = (left: number, right: number) => expect(Math.abs(left - right)).toBeLessThan(5.1e-7);

describe.skipIf(!THERE)(`what two independent programs made of five open conversations${reason}`, () => {
  const names = [
    'brexit-consensus',
    'vtaiwan.uberx',
    'scoop-hivemind.biodiversity',
    '15-per-hour-seattle',
    'london.youth.policing',
  ];

  describe.each(names)('%s', (name) => {
    let expected: Expected;
    let input: Input;
    let made: OpinionMap;
    let given: OpinionMap;
    let people: Map<string, PersonRow>;
    let rows: Map<string, StatementRow>;
    beforeAll(() => {
      expected = json<Expected>(`${name}/expected.json`);
      input = readInput(DATA + name);
      made = map(input.votes, { statements: input.statements });
      given = map(input.votes, { statements: input.statements, given: input.groups });
      people = new Map(made.people.map((row) => [row.id, row]));
      rows = byId(given);
    });

    it('places the same people by the same components', () => {
      const { people: count, statements: columns, votes: cast, placed } = made.totals;
      expect([count, columns, cast, placed]).toEqual([
        expected.participants,
        expected.comments,
        expected.votes,
        expected.inConv,
      ]);
      made.components.eigenvalues.forEach((value, at) =>
        near(value, expected.pca.eigenvalues_n_minus_1[at]!),
      );
      const voted = given.statements.filter(({ seen }) => seen > 0).slice(0, 10);
      voted.forEach((row, at) => {
        near(row.mean, expected.pca.center_first10[at]!);
        near(row.loading1, expected.pca.comp0_first10[at]!);
        near(row.loading2, expected.pca.comp1_first10[at]!);
      });
      for (const [id, x, y] of expected.projection_first20) {
        near(people.get(String(id))!.x, x);
        near(people.get(String(id))!.y, y);
      }
      for (const [id, extremity] of expected.extremity_first20)
        near(rows.get(String(id))!.extremity, extremity);
    });

    it('finds the same consensus and priorities, given the published groups', () => {
      expect(made.consensus.agree.map((row) => Number(row.statement))).toEqual(expected.consensus.agree);
      expect(made.consensus.disagree.map((row) => Number(row.statement))).toEqual(
        expected.consensus.disagree,
      );
      const top = given.statements
        .filter(({ id }) => !expected.modOut.includes(Number(id)))
        .sort((a, b) => b.consensus - a.consensus)
        .slice(0, 20);
      expect(top.map(({ id }) => Number(id))).toEqual(
        expected.givenPublishedGroups.groupAwareConsensusTop20.map(([id]) => id),
      );
      top.forEach((row, at) =>
        near(row.consensus, expected.givenPublishedGroups.groupAwareConsensusTop20[at]![1]),
      );
      for (const [id, priority] of expected.givenPublishedGroups.prioritiesFirst20) {
        near(rows.get(String(id))!.priority, priority);
      }
    });

    it('lists the same representative statements, in order, given the published groups', () => {
      given.groups.forEach(({ label }, at) => {
        const theirs = expected.givenPublishedGroups.repness[label]!;
        const mine = given.representative[at]!;
        expect(mine.map((row) => [Number(row.statement), row.direction, row.success, row.trials])).toEqual(
          theirs.map((row) => [row.tid, row.for, row.nSuccess, row.nTrials]),
        );
        mine.forEach((row, index) => {
          near(row.ratio, theirs[index]!.repness);
          expect(Math.abs(row.ratioTest - theirs[index]!.repnessTest)).toBeLessThan(5.1e-6);
          expect(Math.abs(row.shareTest - theirs[index]!.pTest)).toBeLessThan(5.1e-6);
        });
      });
    });
  });

  it.each([
    ['brexit-consensus', 2],
    ['vtaiwan.uberx', 2],
    ['scoop-hivemind.biodiversity', 2],
    ['15-per-hour-seattle', 2],
  ])('groups people of %s much as published, in %i groups (adjusted Rand ≥ 0.8)', (name, k) => {
    // The number of groups is the published one; on brexit the silhouette alone would choose three.
    const { votes, statements, groups } = readInput(DATA + name);
    expect(new Set(Object.values(groups)).size).toBe(k);
    const made = map(votes, { statements, groups: { min: k, max: k } });
    const own = new Map(made.people.map((row) => [row.id, row.group]));
    const shared = Object.keys(groups).filter((id) => own.get(id) != null);
    const index = adjustedRand(
      shared.map((id) => groups[id]),
      shared.map((id) => own.get(id)),
    );
    expect(index).toBeGreaterThanOrEqual(0.8);
  });
});
