/** What Anybridge petitions its council for: titles, reasons, and what became of them. */
export type PetitionTale = {
  title: string;
  why: string;
  lang?: 'en' | 'cy';
  topics: string[];
  /** codes of the wards it is about; the whole town where it names none */
  wards?: string[];
};

export const ASKED: PetitionTale[] = [
  {
    title: 'Keep the 14 night bus running after ten',
    why: 'Nurses and cooks of the late shift walk home over the bridge in the dark.',
    topics: ['transport'],
  },
  {
    title: 'A crossing at the gate of Weirside School',
    why: 'Two hundred children cross there each morning, and cars come round the bend.',
    topics: ['roads', 'children'],
    wards: ['AB02'],
  },
  {
    title: 'Open the library on Saturday afternoons',
    why: 'Who works in the week never sees it open.',
    topics: ['culture'],
  },
  {
    title: 'Mend the big slide at Weir Fields',
    why: 'It has been behind a fence since last summer.',
    topics: ['parks', 'children'],
    wards: ['AB02'],
  },
  {
    title: 'Toilets at the bus station, open until the last bus',
    why: 'There are none between the market and the hospital.',
    topics: ['transport'],
  },
  {
    title: 'Cadwch y dosbarth meithrin Cymraeg ar agor',
    why: 'Mae deuddeg o deuluoedd yn aros am le yno.',
    lang: 'cy',
    topics: ['children', 'language'],
  },
  {
    title: 'Benches on the climb up Castle Hill',
    why: 'People with sticks turn back half way.',
    topics: ['parks'],
    wards: ['AB03'],
  },
  {
    title: 'Light the towpath between the bridges',
    why: 'It is the shortest way home, and black from four o’clock in winter.',
    topics: ['safety'],
    wards: ['AB01', 'AB02'],
  },
  {
    title: 'Plant trees along Station Road',
    why: 'The lime trees were felled for the gas main and never came back.',
    topics: ['environment'],
    wards: ['AB09'],
  },
  {
    title: 'Twenty miles an hour in all of Northgate',
    why: 'Its pavements are too narrow for two people to pass.',
    topics: ['roads'],
  },
  {
    title: 'Save the Tuesday market',
    why: 'The rent of a stall has doubled in two years.',
    topics: ['economy'],
  },
  {
    title: 'A place to skate that is not the church steps',
    why: 'We will help to build it.',
    topics: ['young people'],
  },
  {
    title: 'Empty the bins on the front twice a week in summer',
    why: 'Gulls carry it into the river.',
    topics: ['environment'],
  },
  {
    title: 'Clean the river below the weir',
    why: 'Anglers count fewer fish each year.',
    topics: ['environment'],
    wards: ['AB02'],
  },
  {
    title: 'Mwy o arwyddion Cymraeg yn y parc',
    why: 'Dim ond wrth y giât y mae’r Gymraeg i’w gweld.',
    lang: 'cy',
    topics: ['language'],
  },
  {
    title: 'Let the swimming pool open before work',
    why: 'It opens at nine, when everybody has begun.',
    topics: ['sport'],
  },
  {
    title: 'A ramp to the town hall that wheelchairs can climb',
    why: 'Council meets upstairs, and some of us cannot come.',
    topics: ['access'],
  },
  {
    title: 'Stop lorries on Chapel Lane at night',
    why: 'The houses shake, and the new road was built for them.',
    topics: ['roads'],
    wards: ['AB01'],
  },
  {
    title: 'Free school buses for all of Millbrook',
    why: 'The line of two miles runs through the middle of our street.',
    topics: ['children', 'transport'],
  },
  {
    title: 'Publish where every pound of the harbour fund goes',
    why: 'Four years, and not one account.',
    topics: ['council'],
  },
  {
    title: 'Allotments on the old coal yard',
    why: 'A hundred and six people wait for one.',
    topics: ['environment'],
    wards: ['AB08'],
  },
  {
    title: 'Bring back the lollipop lady at Bridge Street',
    why: 'She knew every child by name.',
    topics: ['children'],
  },
  {
    title: 'A dog-free lawn in Weir Fields',
    why: 'Small children and picnics need one.',
    topics: ['parks'],
    wards: ['AB02'],
  },
  {
    title: 'Keep cash at the council’s counter',
    why: 'My mother has no card.',
    topics: ['council', 'access'],
  },
  {
    title: 'Repair cafés in every ward hall',
    why: 'The hall stands empty on Saturdays, and toasters can be mended.',
    topics: ['environment'],
  },
  { title: 'A warm room in each ward this winter', why: 'Heating is dearer than bread.', topics: ['health'] },
  {
    title: 'Name the new bridge after Annie Powell the ferrywoman',
    why: 'She carried the town across for forty years.',
    topics: ['culture'],
  },
  {
    title: 'Bike stands at the station that thieves cannot lift',
    why: 'Eleven bikes went in May.',
    topics: ['transport'],
    wards: ['AB09'],
  },
  {
    title: 'Quiet hours at the fair for those who need them',
    why: 'Some children love it and cannot bear the noise.',
    topics: ['access'],
  },
  { title: 'Tell us before you close a road', why: 'The ambulance did not know either.', topics: ['roads'] },
  {
    title: 'Seats at the bus stops on Mill Road',
    why: 'The wait is long and the road is steep.',
    topics: ['transport'],
    wards: ['AB08', 'AB10'],
  },
  {
    title: 'A second bus an hour to the hospital',
    why: 'Visiting ends when the bus leaves.',
    topics: ['transport'],
  },
  {
    title: 'Cut the hedge at the corner of Abbey Lane',
    why: 'Nobody sees who comes.',
    topics: ['roads'],
    wards: ['AB04'],
  },
  {
    title: 'Put the old clock back on the market hall',
    why: 'It has told the time for a hundred and thirty years.',
    topics: ['culture'],
    wards: ['AB01'],
  },
  {
    title: 'A lifeguard at the river beach in August',
    why: 'Two children were pulled out last summer.',
    topics: ['safety'],
    wards: ['AB06'],
  },
  {
    title: 'Keep the mobile library on the hill farms’ round',
    why: 'It is the only van that stops there.',
    topics: ['culture'],
  },
  {
    title: 'No more gambling machines on the high street',
    why: 'Four in a row are enough.',
    topics: ['economy'],
  },
  {
    title: 'Grit the path to the surgery',
    why: 'Broken hips cost more than salt.',
    topics: ['safety'],
    wards: ['AB11'],
  },
  {
    title: 'Free use of the hall for youth clubs',
    why: 'They cannot pay, and it stands empty.',
    topics: ['young people'],
  },
  {
    title: 'Wildflowers on the verges, not lawn',
    why: 'Bees do not live on grass.',
    topics: ['environment'],
  },
  {
    title: 'A water tap on the square',
    why: 'We all carry plastic up from the shop.',
    topics: ['environment'],
  },
  { title: 'Save the brass band’s practice room', why: 'The lease ends in May.', topics: ['culture'] },
  {
    title: 'Llwybr beicio diogel i’r ysgol',
    why: 'Does dim pafin o gwbl ar hanner y ffordd.',
    lang: 'cy',
    topics: ['transport'],
  },
  {
    title: 'Tan y goleuadau stryd ar ôl hanner nos ar y bryn',
    why: 'Hoffem weld y sêr.',
    lang: 'cy',
    topics: ['environment'],
    wards: ['AB12'],
  },
  {
    title: 'Stop the night flights over the valley',
    why: 'Four each night since the spring.',
    topics: ['environment'],
  },
  {
    title: 'One phone number for all the councils',
    why: 'We do not know which of you mends what.',
    topics: ['council'],
  },
  {
    title: 'Hold one council meeting a year in each ward',
    why: 'You would see what we mean.',
    topics: ['council'],
  },
  {
    title: 'Hang the children’s paintings in the town hall',
    why: 'They are better than the mayors.',
    topics: ['culture'],
  },
  {
    title: 'A winter shelter with a kitchen',
    why: 'Last January people slept under the bridge.',
    topics: ['health'],
  },
  {
    title: 'Let shops put tables on Bridge Street on Sundays',
    why: 'It is closed to cars anyway.',
    topics: ['economy'],
    wards: ['AB01'],
  },
  { title: 'Test the air at the school gate', why: 'Engines run while parents wait.', topics: ['health'] },
  { title: 'Number the moorings', why: 'The lifeboat lost ten minutes.', topics: ['safety'] },
  {
    title: 'A bin for dog bags at every gate of the park',
    why: 'There is one, and it is full.',
    topics: ['parks'],
  },
  {
    title: 'Keep the lido heated until the end of September',
    why: 'September is warmer than June.',
    topics: ['sport'],
    wards: ['AB07'],
  },
  {
    title: 'Paint the level crossing so that it can be seen',
    why: 'The red has gone pink.',
    topics: ['safety'],
  },
  {
    title: 'Rehearsal rooms in the empty bank',
    why: 'Eleven bands share one garage.',
    topics: ['young people'],
  },
  {
    title: 'Residents’ parking in Castle Street',
    why: 'Commuters fill it before eight.',
    topics: ['roads'],
    wards: ['AB03'],
  },
  {
    title: 'A memorial for those who built the railway',
    why: 'Their names are in the parish book.',
    topics: ['culture'],
  },
  {
    title: 'More time to cross at the station lights',
    why: 'Nine seconds are not enough with a frame.',
    topics: ['access'],
    wards: ['AB09'],
  },
  {
    title: 'Keep the tip open on Sundays',
    why: 'Rubbish lies in the lanes by Monday.',
    topics: ['environment'],
    wards: ['AB05'],
  },
];
