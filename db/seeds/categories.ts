/** What can be reported in Anybridge, who gets it, and what the crew needs to know before it sets out. */
import type { ReportQuestion } from '@folkmoot/core/reports/questions';
import type { Db } from '../client.ts';
import { reportCategories, reportTemplates } from '../schema/reports.ts';
import type { Bodies } from './organisations.ts';

type Two = { en: string; cy: string };
export type SeedCategory = {
  code: string;
  body: keyof Bodies;
  group: string;
  name: Two;
  hint?: Two;
  /** working days */
  expectedDays: number | null;
  /** how often it is reported, against the others */
  weight: number;
  /** kinds of drawn photo that fit */
  photos: string[];
  questions?: ReportQuestion[];
  private?: boolean;
  stopper?: Two;
};

const two = (en: string, cy: string): Two => ({ en, cy });
const option = (code: string, en: string, cy: string, stopper?: Two) => ({
  code,
  label: two(en, cy),
  ...(stopper && { stopper }),
});
const oneOf = (
  code: string,
  label: Two,
  options: ReturnType<typeof option>[],
  required = true,
): ReportQuestion => ({ code, kind: 'one_of', label, required, options });

const depth = oneOf('depth', two('How deep is it?', 'Pa mor ddwfn yw?'), [
  option('shallow', 'Less than a golf ball (4 cm)', 'Llai na phêl golff (4 cm)'),
  option('deep', 'Deeper than a golf ball', 'Dyfnach na phêl golff'),
  option('unsure', 'I could not tell', 'Allwn i ddim dweud'),
]);
const danger = oneOf('danger', two('Could it hurt someone right now?', 'A allai frifo rhywun nawr?'), [
  option('no', 'No', 'Na'),
  option('maybe', 'Perhaps, if nobody looks out', 'Efallai, os na fydd rhywun yn gofalu'),
  option(
    'yes',
    'Yes: a wire is bare or something is about to fall',
    'Gallai: mae gwifren yn noeth neu mae rhywbeth ar fin disgyn',
    two(
      'Please ring us now on 01555 550 200, day or night, and keep people away. If someone is hurt, ring 999.',
      'Ffoniwch ni nawr ar 01555 550 200, ddydd neu nos, a chadwch bobl draw. Os oes rhywun wedi’i frifo, ffoniwch 999.',
    ),
  ),
]);
const lamp: ReportQuestion = {
  code: 'lamp_number',
  kind: 'text',
  label: two('Is there a number on the post?', 'Oes rhif ar y postyn?'),
  hint: two(
    'It is on a small plate about head high. You can leave this out.',
    'Mae ar blât bach tua uchder pen. Gallwch adael hwn allan.',
  ),
  required: false,
};
const lampDoes = oneOf('does', two('What does it do?', 'Beth mae’n ei wneud?'), [
  option('out', 'It stays dark', 'Mae’n aros yn dywyll'),
  option('flicker', 'It goes on and off', 'Mae’n mynd ymlaen ac i ffwrdd'),
  option('day', 'It is on all day', 'Mae ymlaen drwy’r dydd'),
]);
const rubbish: ReportQuestion = {
  code: 'what',
  kind: 'several_of',
  label: two('What has been left?', 'Beth sydd wedi’i adael?'),
  required: true,
  options: [
    option('bags', 'Bags', 'Bagiau'),
    option('furniture', 'Furniture or a mattress', 'Celfi neu fatres'),
    option('fridge', 'A fridge or other machine', 'Oergell neu beiriant arall'),
    option('rubble', 'Rubble', 'Rwbel'),
    option('needles', 'Needles or glass', 'Nodwyddau neu wydr'),
    option('other', 'Something else', 'Rhywbeth arall'),
  ],
};
const size = oneOf('size', two('How much is it?', 'Faint sydd yno?'), [
  option('bag', 'A bag or two', 'Bag neu ddau'),
  option('car', 'A car boot full', 'Llond cist car'),
  option('van', 'A van load or more', 'Llwyth fan neu fwy'),
]);
const graffiti = oneOf('rude', two('Is it hateful or rude?', 'A yw’n atgas neu’n anweddus?'), [
  option('no', 'No', 'Na'),
  option('yes', 'Yes', 'Ydy'),
]);
const since: ReportQuestion = {
  code: 'since',
  kind: 'text',
  label: two('How long has it been there?', 'Ers pryd mae yno?'),
  required: false,
};
const plate: ReportQuestion = {
  code: 'plate',
  kind: 'text',
  label: two('Number plate, if it has one', 'Plât rhif, os oes un'),
  required: false,
};

const it = (
  code: string,
  body: keyof Bodies,
  group: string,
  name: Two,
  expectedDays: number | null,
  weight: number,
  photos: string[],
  more: Partial<SeedCategory> = {},
): SeedCategory => ({ code, body, group, name, expectedDays, weight, photos, ...more });

export const seedCategoryList: SeedCategory[] = [
  it('pothole', 'county', 'roads', two('Hole in the road', 'Twll yn y ffordd'), 5, 22, ['pothole'], {
    questions: [depth],
  }),
  it(
    'road_marking',
    'county',
    'roads',
    two('Faded lines or crossing', 'Llinellau neu groesfan wedi pylu'),
    20,
    4,
    ['road_marking'],
  ),
  it(
    'sign',
    'county',
    'roads',
    two('Sign bent, missing or hidden', 'Arwydd wedi plygu, ar goll neu o’r golwg'),
    10,
    5,
    ['sign'],
  ),
  it('manhole', 'county', 'roads', two('Manhole or cover', 'Twll archwilio neu gaead'), 3, 3, ['manhole']),
  it('light', 'county', 'lights', two('Street light', 'Golau stryd'), 7, 14, ['street_light'], {
    questions: [lampDoes, lamp, danger],
  }),
  it(
    'crossing_light',
    'county',
    'lights',
    two('Traffic or crossing lights', 'Goleuadau traffig neu groesfan'),
    1,
    3,
    [],
    { questions: [danger] },
  ),
  it('pavement', 'county', 'paths', two('Broken pavement', 'Palmant wedi torri'), 10, 9, ['pavement']),
  it(
    'path_blocked',
    'county',
    'paths',
    two('Path blocked or overgrown', 'Llwybr wedi’i gau neu wedi gordyfu'),
    15,
    6,
    ['hedge', 'path'],
  ),
  it('drain', 'county', 'water', two('Blocked drain', 'Draen wedi blocio'), 5, 8, ['drain']),
  it(
    'flooding',
    'county',
    'water',
    two('Flooded road or path', 'Ffordd neu lwybr dan ddŵr'),
    1,
    5,
    ['flooding'],
    { questions: [danger] },
  ),
  it('bin', 'council', 'bins', two('Street bin full or broken', 'Bin stryd llawn neu wedi torri'), 2, 12, [
    'bin',
  ]),
  it(
    'missed_bin',
    'council',
    'bins',
    two('Our bins were not emptied', 'Chafodd ein biniau mo’u gwagio'),
    2,
    8,
    ['bin'],
    {
      questions: [
        oneOf('which', two('Which one?', 'Pa un?'), [
          option('rubbish', 'Rubbish', 'Sbwriel'),
          option('recycling', 'Recycling', 'Ailgylchu'),
          option('food', 'Food', 'Bwyd'),
          option('garden', 'Garden', 'Gardd'),
        ]),
      ],
    },
  ),
  it(
    'flytip',
    'council',
    'rubbish',
    two('Dumped rubbish', 'Sbwriel wedi’i ollwng'),
    3,
    15,
    ['fly_tipping', 'bulky_waste'],
    { questions: [rubbish, size] },
  ),
  it('litter', 'council', 'rubbish', two('Litter', 'Ysbwriel ar hyd y lle'), 5, 7, ['litter']),
  it('dog_mess', 'council', 'rubbish', two('Dog mess', 'Baw ci'), 2, 6, ['dog_mess']),
  it('graffiti', 'council', 'rubbish', two('Graffiti', 'Graffiti'), 5, 6, ['graffiti', 'fly_posting'], {
    questions: [graffiti],
  }),
  it('tree', 'council', 'green', two('Tree or branch', 'Coeden neu gangen'), 5, 7, ['tree'], {
    questions: [danger],
  }),
  it('park', 'council', 'green', two('Something in a park', 'Rhywbeth mewn parc'), 10, 5, [
    'bench',
    'park',
    'railings',
  ]),
  it('playground', 'council', 'green', two('Playground', 'Maes chwarae'), 3, 4, ['playground']),
  it('grass', 'council', 'green', two('Grass or weeds', 'Gwair neu chwyn'), 15, 3, ['weeds']),
  it('bus_shelter', 'council', 'paths', two('Bus shelter or bench', 'Lloches bysiau neu fainc'), 10, 4, [
    'bus_shelter',
    'street_furniture',
  ]),
  it('toilets', 'council', 'other', two('Public toilets', 'Toiledau cyhoeddus'), 2, 2, []),
  it('noise', 'council', 'other', two('Noise', 'Sŵn'), null, 0, [], {
    stopper: two(
      'Noise needs a diary and a home visit, so it has its own way: ring 01555 550 100, or write to the Guildhall.',
      'Mae angen dyddiadur ac ymweliad cartref ar gyfer sŵn, felly mae iddo ei ffordd ei hun: ffoniwch 01555 550 100, neu ysgrifennwch at Neuadd y Dref.',
    ),
  }),
  it(
    'abandoned_car',
    'police',
    'other',
    two('Car left for weeks', 'Car wedi’i adael ers wythnosau'),
    10,
    4,
    ['abandoned_vehicle'],
    { questions: [plate, since] },
  ),
  it(
    'parking',
    'police',
    'other',
    two('Parking on a pavement or crossing', 'Parcio ar balmant neu groesfan'),
    null,
    3,
    ['parking'],
    { questions: [plate] },
  ),
  it(
    'estate',
    'homes',
    'other',
    two('Shared space of a Riverside home', 'Lle cyffredin cartref Glan-yr-afon'),
    5,
    4,
    ['railings'],
  ),
  it(
    'rough_sleeper',
    'council',
    'people',
    two('Someone sleeping outside', 'Rhywun yn cysgu allan'),
    1,
    2,
    [],
    {
      private: true,
      hint: two('Only the outreach team sees this.', 'Dim ond y tîm allgymorth sy’n gweld hwn.'),
    },
  ),
  it(
    'adult_care',
    'council',
    'people',
    two('An adult who may need help', 'Oedolyn a allai fod angen cymorth'),
    1,
    1,
    [],
    { private: true, hint: two('Only the care team sees this.', 'Dim ond y tîm gofal sy’n gweld hwn.') },
  ),
];

const TEMPLATES: Array<{ command: string; name: Two; text: Two }> = [
  {
    command: 'investigate',
    name: two('Someone will look', 'Bydd rhywun yn edrych'),
    text: two(
      'Thank you. We will come and look by {expected}.',
      'Diolch. Byddwn yn dod i edrych erbyn {expected}.',
    ),
  },
  {
    command: 'schedule',
    name: two('A date is set', 'Mae dyddiad wedi’i bennu'),
    text: two(
      'The crew will mend it by {date}. One lane stays open.',
      'Bydd y criw yn ei drwsio erbyn {date}. Bydd un lôn yn aros ar agor.',
    ),
  },
  {
    command: 'start',
    name: two('The crew is on its way', 'Mae’r criw ar ei ffordd'),
    text: two('The crew is on its way to {place}.', 'Mae’r criw ar ei ffordd i {place}.'),
  },
  {
    command: 'fix',
    name: two('Done', 'Wedi’i wneud'),
    text: two(
      'It is done. Please tell us if it is not right.',
      'Mae wedi’i wneud. Dywedwch wrthym os nad yw’n iawn.',
    ),
  },
  {
    command: 'not_ours',
    name: two('It is someone else’s', 'Rhywun arall biau hwn'),
    text: two(
      'This belongs to someone else. We have passed it on, and tell you who deals with it.',
      'Rhywun arall sy’n gyfrifol am hwn. Rydym wedi’i drosglwyddo ac yn dweud wrthych pwy sy’n delio ag ef.',
    ),
  },
  {
    command: 'cannot_fix',
    name: two('We can not do this', 'Allwn ni ddim gwneud hyn'),
    text: two('We can not do this, because …', 'Allwn ni ddim gwneud hyn, oherwydd …'),
  },
  {
    command: 'close',
    name: two('Nothing to mend', 'Dim i’w drwsio'),
    text: two(
      'We looked and found nothing to mend. Tell us if you see it again.',
      'Fe edrychon ni heb ganfod dim i’w drwsio. Dywedwch wrthym os gwelwch ef eto.',
    ),
  },
];

/** @returns the id of each category by its code */
export async function seedCategories(db: Db, bodies: Bodies): Promise<Map<string, string>> {
  const rows = await db
    .insert(reportCategories)
    .values(
      seedCategoryList.map(
        (
          { code, body, group, name, hint, expectedDays, questions = [], private: closed = false, stopper },
          sort,
        ) => ({
          code,
          group,
          name,
          hint: hint ?? null,
          expectedDays,
          questions,
          private: closed,
          stopper: stopper ?? null,
          organisationId: bodies[body],
          sort,
        }),
      ),
    )
    .returning({ id: reportCategories.id, code: reportCategories.code });
  await db
    .insert(reportTemplates)
    .values(
      [bodies.council, bodies.county].flatMap((organisationId) =>
        TEMPLATES.map((template, sort) => ({ ...template, organisationId, sort })),
      ),
    );
  return new Map(rows.map((row) => [row.code, row.id]));
}
