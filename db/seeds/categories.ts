/** What can be reported in Anybridge, who gets it, and what the crew needs to know before it sets out. */
import type { ReportQuestion } from '@folkmoot/core/reports/questions';
import type { Db } from '../client.ts';
import { reportCategories } from '../schema/reports.ts';
import type { Bodies } from './organisations.ts';

type Seed = {
  code: string;
  body: keyof Bodies;
  group: string;
  name: { en: string; cy: string };
  expectedDays: number | null;
  questions?: ReportQuestion[];
  private?: boolean;
};

const depth: ReportQuestion = {
  code: 'depth',
  kind: 'one_of',
  label: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw?' },
  required: true,
  options: [
    { code: 'shallow', label: { en: 'Less than a golf ball (4 cm)', cy: 'Llai na phêl golff (4 cm)' } },
    { code: 'deep', label: { en: 'Deeper than a golf ball', cy: 'Dyfnach na phêl golff' } },
    { code: 'unsure', label: { en: 'I could not tell', cy: 'Allwn i ddim dweud' } },
  ],
};

export const seedsOfCategories: Seed[] = [
  {
    code: 'pothole',
    body: 'county',
    group: 'roads',
    name: { en: 'Hole in the road', cy: 'Twll yn y ffordd' },
    expectedDays: 5,
    questions: [depth],
  },
  {
    code: 'light',
    body: 'county',
    group: 'lights',
    name: { en: 'Street light', cy: 'Golau stryd' },
    expectedDays: 7,
  },
  {
    code: 'bin',
    body: 'council',
    group: 'bins',
    name: { en: 'Full or broken bin', cy: 'Bin llawn neu wedi torri' },
    expectedDays: 2,
  },
  {
    code: 'flytip',
    body: 'council',
    group: 'rubbish',
    name: { en: 'Dumped rubbish', cy: 'Sbwriel wedi’i ollwng' },
    expectedDays: 3,
  },
  {
    code: 'rough_sleeper',
    body: 'council',
    group: 'people',
    name: { en: 'Someone sleeping outside', cy: 'Rhywun yn cysgu allan' },
    expectedDays: 1,
    private: true,
  },
];

export async function seedCategories(db: Db, bodies: Bodies): Promise<void> {
  await db.insert(reportCategories).values(
    seedsOfCategories.map(({ body, questions = [], private: hidden = false, ...it }, sort) => ({
      ...it,
      organisationId: bodies[body],
      questions,
      private: hidden,
      sort,
    })),
  );
}
