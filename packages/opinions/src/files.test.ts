import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, readGroups, readInput, readStatements, readVotes } from './files.ts';
import { map } from './map.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opinions-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('reading votes', () => {
  it('one a row, with times, whatever the columns are called and ordered', () => {
    const long = file(
      'long.csv',
      '\uFEFFtimestamp,datetime,comment-id,voter-id,vote\n20,x,7,0,-1\n10,y,7,0,1\n',
    );
    expect(readVotes(long).votes).toEqual([
      { person: '0', statement: '7', vote: -1, time: 20 },
      { person: '0', statement: '7', vote: 1, time: 10 },
    ]);
    const other = file('other.csv', 'Vote,Statement_ID,Participant_ID\n0,a,Ann\n');
    expect(readVotes(other).votes).toEqual([{ person: 'Ann', statement: 'a', vote: 0 }]);
  });

  it('as a matrix, with columns about the person left out and outside ids kept', () => {
    const matrix = file(
      'matrix.csv',
      'participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,4,10\n1,secret,0,0,1,1,0,1,\n2,,1,0,2,0,1,-1,0\n',
    );
    const read = readVotes(matrix);
    expect(read.votes).toEqual([
      { person: '1', statement: '4', vote: 1 },
      { person: '2', statement: '4', vote: -1 },
      { person: '2', statement: '10', vote: 0 },
    ]);
    expect([...read.xids]).toEqual([['1', 'secret']]);
    expect({ ...read.groups }).toEqual({ '1': '0', '2': '1' });
  });

  it('as a matrix keeps a statement that nobody has seen', () => {
    const read = readVotes(file('unseen.csv', 'person,a,b\nAnn,1,\nBob,-1,NaN\n'));
    expect(
      map(read.votes, { statements: read.statements }).statements.map(({ id, seen }) => [id, seen]),
    ).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
  });

  it('with commas, quotes and line breaks in ids', () => {
    const read = readVotes(file('commas.csv', 'person,statement,vote\n"a,b","say ""hi""",1\n"c\nd",x,-1\n'));
    expect(read.votes.map(({ person, statement }) => [person, statement])).toEqual([
      ['a,b', 'say "hi"'],
      ['c\nd', 'x'],
    ]);
  });

  it('from JSON, as the Polis server gives them', () => {
    const votes = [{ pid: 3, tid: 5, vote: 1, modified: '1714', conversation_id: 'x' }];
    expect(readVotes(file('votes.json', JSON.stringify(votes))).votes).toEqual([
      { person: '3', statement: '5', vote: 1, time: 1714 },
    ]);
  });

  it('with a header and nothing else, as no votes', () => {
    expect(readVotes(file('none.csv', 'person,statement,vote\n')).votes).toEqual([]);
    expect(readVotes(file('empty.csv', '')).votes).toEqual([]);
  });

  it('from a folder, with texts, moderation and meta', () => {
    file('votes.csv', 'person,statement,vote\nAnn,1,1\n');
    file(
      'comments.csv',
      'comment-id,comment-body,moderated,is-meta\n1,"One, two",1,false\n2,Out,-1,\n3,Me,0,TRUE\n',
    );
    expect(readInput(folder).statements).toEqual([
      { id: '1', text: 'One, two', moderation: 'in', meta: false },
      { id: '2', text: 'Out', moderation: 'out', meta: false },
      { id: '3', text: 'Me', moderation: 'waiting', meta: true },
    ]);
  });

  it.each([
    [
      'vote.csv',
      'person,statement,vote\nAnn,1,1\nAnn,2,5\n',
      'vote.csv, row 3: a vote is 1, 0 or -1, not "5"',
    ],
    ['blank.csv', 'person,statement,vote\nAnn,1,\n', 'blank.csv, row 2: a vote is 1, 0 or -1, not ""'],
    ['nobody.csv', 'person,statement,vote\n,1,1\n', 'nobody.csv, row 2: no person'],
    ['head.csv', 'vote,what\n1,2\n', 'a row a vote needs a person'],
    ['twice.csv', 'person,a,a\nAnn,1,1\n', 'two columns are named "a"'],
    ['time.csv', 'person,statement,vote,time\nAnn,1,1,soon\n', 'time.csv, row 2: "soon" is no time'],
    ['ragged.csv', 'person,a\nAnn,1,1\n', 'not a readable CSV file'],
    ['broken.json', '{', 'not a readable JSON file'],
    ['object.json', '{}', 'expected a list of rows'],
  ])('refuses %s with the place and the cause', (name, text, message) => {
    const path = file(name, text);
    expect(() => readVotes(path)).toThrow(InputError);
    expect(() => readVotes(path)).toThrow(message);
  });

  it('refuses what is not there, and moderation it does not know', () => {
    expect(() => readInput(join(folder, 'nowhere'))).toThrow('no such file or folder');
    expect(() => readStatements(file('mod.csv', 'id,moderated\n1,5\n'))).toThrow('moderation is 1, 0 or -1');
    expect(() => readStatements(file('noid.csv', 'text\nx\n'))).toThrow('no column for the statement');
  });

  it('takes groups from a file, empty cells left out', () => {
    expect(readGroups(file('groups.csv', 'participant,group-id\n1,a\n2,\n'))).toEqual({ '1': 'a' });
    expect(() => readGroups(file('nogroups.csv', 'participant\n1\n'))).toThrow('needs a person');
  });
});
