/** `pnpm folkmoot …`: what a council's web team does from the terminal. `pnpm folkmoot help` lists it. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AREA_KINDS, type AreaKind } from '@folkmoot/core/places/plain';
import { backup } from '@folkmoot/db/backup';
import { connect } from '@folkmoot/db/client';
import { ensureAppRole, migrate } from '@folkmoot/db/migrate';
import { CannotRestore, restore } from '@folkmoot/db/restore';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import { filesIn } from '../kit/files.ts';
import { noteBounce, readBounce } from '../notifications/index.ts';
import { makeAdmin } from '../people/index.ts';
import { BadImport, importAreas, importMap, importPostcodes, importStreets } from '../places/index.ts';
import { BadSettings, readSettings } from '../settings.ts';
import { type Opened, openDatabase } from './open.ts';

const say = (line: string) => console.log(line);

const HELP = `pnpm folkmoot …
  migrate                                 bring the schema up to date (MIGRATE_DATABASE_URL)
  seed                                    load the demo town into an empty embedded database
  backup FILE                             every row and every file, in one file
  restore FILE                            into an empty database
  places import FILE --kind ward --name PROPERTY --code PROPERTY
         [--name-cy PROPERTY] [--population PROPERTY] [--from YYYY-MM-DD]
                                          areas from GeoJSON; the old set ends on that day
  places import-map FILE --credit WORDS [--credit-cy WORDS]
                                          the council's own drawn map, from GeoJSON
  places import-postcodes FILE            CSV: postcode,lon,lat
  places import-streets FILE              CSV: name,lon,lat[,locality]
  bounce                                  a mail that came back, on standard input: its address is
                                          written to no more (an alias of MAIL_FROM, or fetchmail --mda)
  user make-admin EMAIL [--name NAME]     give somebody the keys of the council's own organisation`;

class Usage extends Error {}

/** pnpm runs scripts in the project's folder; paths mean the folder they were typed in. */
const pathOf = (typed: string | undefined, what: string): string => {
  if (!typed) throw new Usage(`${what} is missing.`);
  return resolve(process.env['INIT_CWD'] ?? '.', typed);
};
const needed = (value: string | undefined, name: string): string => {
  if (!value) throw new Usage(`${name} is missing.`);
  return value;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string' },
    name: { type: 'string' },
    'name-cy': { type: 'string' },
    code: { type: 'string' },
    population: { type: 'string' },
    from: { type: 'string' },
    credit: { type: 'string' },
    'credit-cy': { type: 'string' },
  },
});

function kindOf(typed: string | undefined): AreaKind {
  const kind = AREA_KINDS.find((known) => known === typed);
  if (!kind) throw new Usage(`--kind is one of ${AREA_KINDS.join(', ')}.`);
  return kind;
}

async function importPlaces(opened: Opened, path: string, kind: AreaKind): Promise<void> {
  const from = values.from ?? new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from)) throw new Usage('--from is a day such as 2027-05-06.');
  const db = connect(opened.appUrl, { max: 2 });
  try {
    const names = {
      name: needed(values.name, '--name'),
      nameCy: values['name-cy'],
      code: needed(values.code, '--code'),
      population: values.population,
    };
    const { began, ended } = await importAreas(db, readFileSync(path, 'utf8'), { kind, from, ...names, say });
    say(`${began} began on ${from}, ${ended} ended.`);
  } finally {
    await db.$client.end();
  }
}

async function withDb(
  opened: Opened,
  work: (db: ReturnType<typeof connect>) => Promise<void>,
): Promise<void> {
  const db = connect(opened.appUrl, { max: 2 });
  try {
    await work(db);
  } finally {
    await db.$client.end();
  }
}

/** Says what it was and is content with anything: a mail server would send an error back as one more mail. */
async function noteFrom(db: ReturnType<typeof connect>): Promise<void> {
  const bounce = readBounce(readFileSync(0, 'utf8'));
  if (!bounce) return say('This is no report of a failed delivery.');
  const { ours, stopped } = await noteBounce(db, bounce, new Date());
  if (!ours) return say('It is about no mail of ours.');
  say(stopped ? 'This address takes no more mails.' : 'Noted; the address stays.');
}

type Command = { migrated?: boolean; run: (opened: Opened, rest: string[]) => Promise<void> };
const commands: Record<string, Command> = {
  migrate: {
    migrated: false,
    run: async ({ ownerUrl, appUrl, appRole }) => {
      if (ownerUrl !== appUrl && (await ensureAppRole(ownerUrl, appUrl))) say(`Made the role ${appRole}.`);
      const ran = await migrate({ url: ownerUrl, appRole, say });
      say(ran.length ? 'The schema is up to date now.' : 'The schema was up to date.');
    },
  },
  seed: { run: ({ ownerUrl, filesDir }) => seedDemo({ url: ownerUrl, filesDir, say }) },
  backup: {
    run: async ({ ownerUrl, filesDir }, [file]) => {
      const to = pathOf(file, 'FILE');
      await backup({ url: ownerUrl, filesDir, to, say });
      say(`Written to ${to}`);
    },
  },
  restore: {
    migrated: false,
    run: async ({ ownerUrl, appUrl, appRole, filesDir }, [file]) => {
      // a new server knows nobody yet
      if (ownerUrl !== appUrl && (await ensureAppRole(ownerUrl, appUrl))) say(`Made the role ${appRole}.`);
      await restore({ url: ownerUrl, appRole, filesDir, from: pathOf(file, 'FILE'), say });
    },
  },
  'places import': {
    run: (opened, [file]) => importPlaces(opened, pathOf(file, 'FILE'), kindOf(values.kind)),
  },
  'places import-map': {
    run: (opened, [file]) =>
      withDb(opened, async (db) => {
        const cy = values['credit-cy'];
        const credit = { en: needed(values.credit, '--credit'), ...(cy && { cy }) };
        const files = filesIn(dirname(opened.filesDir));
        const text = readFileSync(pathOf(file, 'FILE'), 'utf8');
        say(`${await importMap(db, files, text, credit)} features: the map of the place.`);
      }),
  },
  'places import-postcodes': {
    run: (opened, [file]) =>
      withDb(opened, async (db) =>
        say(`${await importPostcodes(db, readFileSync(pathOf(file, 'FILE'), 'utf8'), say)} postcodes.`),
      ),
  },
  'places import-streets': {
    run: (opened, [file]) =>
      withDb(opened, async (db) =>
        say(`${await importStreets(db, readFileSync(pathOf(file, 'FILE'), 'utf8'), say)} streets.`),
      ),
  },
  bounce: { run: (opened) => withDb(opened, noteFrom) },
  'user make-admin': {
    run: (opened, [email]) =>
      withDb(opened, async (db) => say(await makeAdmin(db, needed(email, 'EMAIL'), values.name ?? null))),
  },
};

async function main(): Promise<number> {
  const two = positionals.slice(0, 2).join(' ');
  const name = two in commands ? two : (positionals[0] ?? 'help');
  const command = commands[name];
  if (!command) {
    say(HELP);
    return name === 'help' ? 0 : 2;
  }
  const opened = await openDatabase(readSettings(process.env), say, { migrated: command.migrated ?? true });
  try {
    await command.run(opened, positionals.slice(name.split(' ').length));
    return 0;
  } finally {
    await opened.close();
  }
}

main()
  .catch((error: unknown) => {
    const expected = [Usage, BadImport, CannotRestore, BadSettings].some((kind) => error instanceof kind);
    console.error(expected ? (error as Error).message : error);
    if (error instanceof Usage) console.error(`\n${HELP}`);
    return expected ? 2 : 1;
  })
  .then((code) => process.exit(code));
