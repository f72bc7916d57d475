/** What one may follow: a report or a petition, by its topic. */
import type { Queryable } from '@folkmoot/db/client';
import { petitions } from '@folkmoot/db/schema/petitions';
import { reports } from '@folkmoot/db/schema/reports';
import { eq } from 'drizzle-orm';

const idIn = (topic: string): number => Number(topic.split(':')[1]);
const isPetition = (topic: string): boolean => topic.startsWith('petition:');

/** Its page, without the language. */
export const pathOfTopic = (topic: string): string =>
  `/${isPetition(topic) ? 'petitions' : 'reports'}/${idIn(topic)}`;

export async function titleOfTopic(db: Queryable, topic: string): Promise<string | null> {
  const table = isPetition(topic) ? petitions : reports;
  const [row] = await db
    .select({ title: table.title })
    .from(table)
    .where(eq(table.id, idIn(topic)));
  return row?.title ?? null;
}
