/** Paper: a sheet of names typed in. Who signed online, or stands on an earlier sheet, is found and not counted twice. */
import type { Actor } from '@folkmoot/core/kit/policy';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import { maySign } from '@folkmoot/core/petitions/rules';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionSheets, signatures } from '@folkmoot/db/schema/signatures';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import type { Pauses } from './clocks.ts';
import { countIn, type Rooms } from './counting.ts';
import { countsOf, factsOf, type Petition, schemeOf, subjectOf } from './facts.ts';
import { newReceipt } from './leaves.ts';
import { wardsByPostcode } from './who.ts';

export type Sheet = { scan?: string | undefined; rows: Array<{ name: string; postcode: string }> };
export type SheetDesk = Rooms & { paused: Pauses };

/** `Dr. Mair  PRITCHARD` and `Mair Pritchard` are compared as they are said: letters only, small. */
const plainName = (name: string | null): string =>
  (name ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(mr|mrs|ms|miss|dr|rev)\b\.?/g, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
const keyOf = (name: string | null, postcode: string | null): string =>
  `${plainName(name)} ${postcode ?? ''}`;

/** `HASH.pdf` as sheets say it → the name it lies under: two dots, which `/files` does not know */
export const scanFile = (scan: string): string => scan.replace('.', '.sheet.');

/** The scans of petitions whose names have gone: they show the same names. Two sheets may share one picture. */
export async function forgetScans({
  db,
  clock,
  files,
}: Pick<House, 'db' | 'clock' | 'files'>): Promise<void> {
  const { rows } = await db.execute<{ scan: string }>(sql`
    update petition_sheets h set scan = null from petition_sheets was, petitions p, petition_schemes k
    where was.id = h.id and p.id = h.petition_id and k.id = p.scheme_id and h.scan is not null
      and p.state in ('closed', 'withdrawn', 'stopped', 'rejected')
      and coalesce(p.closed_at, p.state_at) + coalesce((k.data->>'keepDays')::int, 180) * interval '1 day'
        <= ${clock().toISOString()}::timestamptz
    returning was.scan`);
  for (const { scan } of rows)
    if ((await db.$count(petitionSheets, eq(petitionSheets.scan, scan))) === 0)
      await files.drop(scanFile(scan));
}

/** As whom somebody enters sheets: staff always may, the organiser where the scheme lets them; null may not. */
export async function sheetsAs(
  db: Queryable,
  actor: Actor,
  petition: Petition,
): Promise<'staff' | 'organiser' | null> {
  const subject = subjectOf(petition);
  if (petitionPolicy.enterSheets(actor, subject)) return 'staff';
  if (actor.person === null || actor.person !== petition.personId) return null;
  return (await schemeOf(db, petition)).organiserSheets ? 'organiser' : null;
}

/** Names and postcodes that have signed already. */
async function known(tx: Tx, petition: number, postcodes: string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ name: signatures.name, postcode: signatures.postcode })
    .from(signatures)
    .where(
      and(
        eq(signatures.petitionId, petition),
        inArray(signatures.state, ['confirmed', 'suspect']),
        inArray(signatures.postcode, postcodes),
      ),
    );
  return new Set(rows.map((row) => keyOf(row.name, row.postcode)));
}

type Line = { name: string; postcode: string };

/** Parts the lines that are new from those of people who stand there already; a line's place counts from 1. */
function partDoubles(lines: readonly Line[], seen: Set<string>): { fresh: Line[]; doubles: number[] } {
  const doubles: number[] = [];
  const fresh = lines.filter(({ name, postcode }, index) => {
    const key = keyOf(name, postcode);
    const isNew = !seen.has(key);
    if (!isNew) doubles.push(index + 1);
    seen.add(key);
    return isNew;
  });
  return { fresh, doubles };
}

/** Writes the new lines of a sheet as signatures that count. */
async function writeLines(
  tx: Tx,
  { house }: SheetDesk,
  petition: Petition,
  on: { sheet: string; by: string },
  lines: readonly Line[],
): Promise<void> {
  if (lines.length === 0) return;
  const now = house.clock();
  const wards = await wardsByPostcode(
    tx,
    lines.map(({ postcode }) => postcode),
  );
  await tx.insert(signatures).values(
    lines.map(({ name, postcode }) => ({
      petitionId: petition.id,
      enteredBy: on.by,
      channel: 'paper' as const,
      state: 'confirmed' as const,
      name,
      postcode,
      basis: 'live' as const,
      wardId: wards.get(postcode) ?? null,
      lang: petition.lang,
      signedAt: now,
      confirmedAt: now,
      ...newReceipt(petition.id),
      sheetId: on.sheet,
    })),
  );
}

/** Writes a sheet and counts what is new on it. @throws Refused petition_not_open, paused */
export async function enterSheet(tx: Tx, desk: SheetDesk, petition: Petition, by: string, it: Sheet) {
  const { house, paused } = desk;
  const now = house.clock();
  const scheme = await schemeOf(tx, petition);
  const may = maySign(factsOf(petition, await countsOf(tx, petition.id), scheme), {
    now,
    // sheets are brought in within a day of the end, as slow mails are pressed
    begun: petition.closesAt,
    collectingPaused: await paused(petition.organisationId, 'collecting'),
  });
  if (!may.ok) throw new Refused(may.refused);
  const lines = it.rows.map((row) => ({ name: row.name, postcode: canonicalPostcode(row.postcode) }));
  const codes = lines.map(({ postcode }) => postcode);
  const { fresh, doubles } = partDoubles(lines, await known(tx, petition.id, codes));
  const [sheet] = await tx
    .insert(petitionSheets)
    .values({
      petitionId: petition.id,
      scan: it.scan ?? null,
      enteredBy: by,
      enteredAt: now,
      rows: lines.length,
      counted: fresh.length,
      doubles: doubles.length,
    })
    .returning({ id: petitionSheets.id });
  await writeLines(tx, desk, petition, { sheet: sheet!.id, by }, fresh);
  const counts = fresh.length
    ? await countIn(tx, desk, petition, scheme, { paper: fresh.length })
    : await countsOf(tx, petition.id);
  return { sheet: sheet!.id, counted: fresh.length, doubles, total: counts.online + counts.paper };
}
