/**
 * What people of Anybridge write when they report something, by category, in English and Welsh. `{street}` and
 * `{near}` are filled with real places of the town. Titles are short, as people write them on a phone.
 */
type Tale = readonly [title: string, detail: string];
export type Tales = { en: readonly Tale[]; cy: readonly Tale[] };

export const TALES: Record<string, Tales> = {
  pothole: {
    en: [
      [
        'Deep hole in the road by {near}',
        'It is right where you cross. A bike went down in it this morning. It is full of water so you cannot see how deep it is.',
      ],
      [
        'Pothole opened up again on {street}',
        'It was filled in the spring and the patch has come out. Cars swerve round it into the other lane.',
      ],
      [
        'Row of holes on {street}',
        'Four or five of them close together, about the size of a dinner plate. My tyre split on one last night.',
      ],
      [
        'Hole next to the drain, {street}',
        'The tarmac is breaking away all round the drain cover. It gets bigger every time the bus goes over it.',
      ],
      [
        'Road sinking outside number 14',
        'There is a dip about a metre across and it is getting deeper. You can hear lorries drop into it at night.',
      ],
    ],
    cy: [
      ['Twll dwfn ar {street}', 'Mae’n union lle mae pobl yn croesi. Aeth beic i lawr ynddo y bore ’ma.'],
      ['Twll ger {near}', 'Mae’r ceir yn symud i’r lôn arall i’w osgoi. Mae’n mynd yn fwy bob wythnos.'],
    ],
  },
  road_marking: {
    en: [
      [
        'Zebra crossing nearly gone, {street}',
        'You can hardly see the stripes any more. Children use it for school and cars do not stop.',
      ],
      ['Give way line worn off', 'At the end of {street}. People pull straight out now.'],
    ],
    cy: [
      [
        'Croesfan sebra bron â diflannu',
        'Prin y gellir gweld y streipiau ar {street}. Mae plant yn ei defnyddio i fynd i’r ysgol.',
      ],
    ],
  },
  sign: {
    en: [
      [
        'Street sign bent flat',
        'A van backed into it by {near}. It sticks out over the pavement at head height.',
      ],
      ['20 sign hidden by a hedge', 'On {street} as you come in. Nobody slows down because nobody sees it.'],
      ['Bus stop sign has come down', 'It is lying in the verge on {street}.'],
    ],
    cy: [['Arwydd stryd wedi plygu', 'Mae’n gwthio allan dros y palmant ar {street}.']],
  },
  manhole: {
    en: [
      [
        'Manhole cover rocks and bangs',
        'Every car that goes over it. We are awake from five. {street}, outside the end house.',
      ],
      [
        'Cover missing, just a cone in it',
        'By {near}. Somebody kind put a cone in the hole but it is not safe for a pram.',
      ],
    ],
    cy: [['Caead twll archwilio’n clecian', 'Bob tro mae car yn mynd drosto ar {street}.']],
  },
  light: {
    en: [
      [
        'Street light out at the top of the steps',
        'It has been dark for a week. My mother will not come home that way any more.',
      ],
      ['Lamp goes on and off all night', 'Right outside our bedroom on {street}.'],
      [
        'Three lights out in a row, {street}',
        'Between the corner and {near}. It is pitch black there after five.',
      ],
      ['Light stays on all day', 'On {street}. It seems a waste.'],
      ['Lamp post leaning', 'It was hit by a car on Saturday night and leans over the road at {near}.'],
    ],
    cy: [
      [
        'Golau stryd wedi diffodd ar {street}',
        'Mae wedi bod yn dywyll ers wythnos. Mae’n anodd gweld y grisiau.',
      ],
      ['Lamp yn fflachio drwy’r nos', 'Y tu allan i’n hystafell wely ar {street}.'],
    ],
  },
  crossing_light: {
    en: [
      ['Green man never comes', 'You press and press at {near}. In the end you just run.'],
      [
        'Crossing does not bleep any more',
        'I do not see well and I cannot tell when it is safe at {street}.',
      ],
    ],
    cy: [
      [
        'Dyw’r groesfan ddim yn canu mwyach',
        'Dydw i ddim yn gweld yn dda, a does dim modd gwybod pryd mae’n ddiogel ar {street}.',
      ],
    ],
  },
  pavement: {
    en: [
      ['Loose paving stone outside {near}', 'It tips when you step on it and shoots water up your leg.'],
      [
        'Slab sticking up on {street}',
        'I tripped on it with my shopping. A lady with a walker has to go in the road.',
      ],
      [
        'Broken kerb where the chairs cross',
        'The drop kerb on {street} has crumbled and my wheelchair gets stuck.',
      ],
    ],
    cy: [['Carreg balmant yn codi ar {street}', 'Fe faglais arni gyda’m siopa.']],
  },
  path_blocked: {
    en: [
      ['Brambles right across the path', 'Behind {street}. You cannot get a pushchair through.'],
      ['Hedge takes half the pavement', 'On {street}. We have to walk in the road with the children.'],
      ['Gate on the river path will not open', 'It is swollen or locked, near {near}.'],
    ],
    cy: [['Mieri ar draws y llwybr', 'Y tu ôl i {street}. Does dim modd mynd â chadair wthio drwodd.']],
  },
  drain: {
    en: [
      [
        'Drain blocked, floods when it rains',
        'Leaves have packed it solid. The water comes up to the doorsteps on {street}.',
      ],
      ['Bad smell from the drain', 'By {near}, worse in the warm weather.'],
      ['Grate full of gravel', '{street}, on the corner. It has not been emptied for a year.'],
    ],
    cy: [['Draen wedi blocio ar {street}', 'Mae’r dŵr yn dod at garreg y drws pan fydd hi’n bwrw.']],
  },
  flooding: {
    en: [
      [
        'Water coming up through the pavement',
        'Clean water, so it may be a burst main. It runs all down {street}.',
      ],
      ['River path under water again', 'Knee deep at {near}. Somebody should close it before dark.'],
    ],
    cy: [['Llwybr yr afon dan ddŵr', 'Hyd at y pen-glin ger {near}.']],
  },
  bin: {
    en: [
      ['Bin by the weir is full every weekend', 'It all blows into the river by Sunday night.'],
      ['Bin overflowing at {near}', 'Gulls have pulled everything out. It smells.'],
      ['Bin lid hanging off', 'On {street}. It bangs in the wind.'],
      ['Dog bin not emptied', 'At the start of the path by {near}. It is heaped up.'],
    ],
    cy: [['Bin yn gorlifo ger {near}', 'Mae’r gwylanod wedi tynnu popeth allan.']],
  },
  missed_bin: {
    en: [
      ['Our whole side of {street} was missed', 'They did the even numbers and drove off.'],
      ['Food bin not taken again', 'Third week running. It is full of maggots.'],
    ],
    cy: [['Chafodd ein stryd ni mo’i chasglu', 'Dim ond un ochr i {street} a wnaethon nhw.']],
  },
  flytip: {
    en: [
      ['Mattress and bags dumped on {street}', 'Somebody came in a white van about six this morning.'],
      [
        'Sofa left behind the garages',
        'It has been rained on for a week now and there are more bags each day.',
      ],
      ['Builders’ rubble in the lay-by', 'At the end of {street}. It takes half the road.'],
      ['Fridge in the river', 'Just below {near}. The door is open.'],
    ],
    cy: [
      ['Matres a bagiau wedi’u gollwng ar {street}', 'Daeth rhywun mewn fan wen tua chwech y bore.'],
      ['Soffa y tu ôl i’r garejys', 'Mae mwy o fagiau bob dydd ger {near}.'],
    ],
  },
  litter: {
    en: [
      ['Takeaway boxes all along {street}', 'Every Saturday and Sunday morning.'],
      ['Litter caught in the hedge by {near}', 'Crisp packets and cans, years of it.'],
    ],
    cy: [['Ysbwriel ar hyd {street}', 'Bob bore Sadwrn a bore Sul.']],
  },
  dog_mess: {
    en: [
      [
        'Dog mess on the way to school',
        'Four lots between {street} and the gate. My boy had it on his shoes again.',
      ],
      ['Bags hung in the trees', 'Along the path by {near}. Why?'],
    ],
    cy: [['Baw ci ar y ffordd i’r ysgol', 'Pedwar lle rhwng {street} a’r giât.']],
  },
  graffiti: {
    en: [
      ['Graffiti on the footbridge', 'Big black letters on both sides.'],
      ['Nasty words on the wall at {near}', 'About a family who live near. Please be quick.'],
      ['Tags all over the shutters', '{street}, most of the shops.'],
    ],
    cy: [['Graffiti ar wal {near}', 'Llythrennau mawr du.']],
  },
  tree: {
    en: [
      ['Branch across the river path', 'It came down in the wind. You can climb over it but a chair cannot.'],
      [
        'Tree leaning over the road',
        'On {street}. It moved in last night’s storm and the roots are lifting.',
      ],
      ['Dead tree by {near}', 'Bits drop off it every time it blows.'],
    ],
    cy: [
      [
        'Cangen ar draws llwybr yr afon',
        'Daeth i lawr yn y gwynt. Gallwch ddringo drosti, ond all cadair ddim.',
      ],
    ],
  },
  park: {
    en: [
      ['Bench slats broken', 'My dad’s favourite bench near {near}. Two slats gone.'],
      ['Railings bent back', 'You can see where people climb through, on the {street} side.'],
    ],
    cy: [['Mainc wedi torri', 'Ger {near}. Mae dwy astell ar goll.']],
  },
  playground: {
    en: [
      ['Swing hanging by one chain', 'Somebody has tied it up but children untie it.'],
      ['Glass under the slide', 'A lot of it, at {near}.'],
    ],
    cy: [['Siglen yn hongian wrth un gadwyn', 'Mae rhywun wedi’i chlymu, ond mae’r plant yn ei datod.']],
  },
  grass: {
    en: [
      ['Verge not cut this year', 'You cannot see round the corner of {street}.'],
      ['Weeds growing through the steps', 'By {near}. They are lifting the stones.'],
    ],
    cy: [['Heb dorri’r borfa eleni', 'Does dim modd gweld rownd cornel {street}.']],
  },
  bus_shelter: {
    en: [
      ['Glass out of the bus shelter', 'It is all over the seat at {near}.'],
      ['Nowhere to sit at the stop', 'The seat on {street} was taken away in June and did not come back.'],
    ],
    cy: [['Gwydr wedi torri yn y lloches bysiau', 'Mae dros y sedd i gyd ger {near}.']],
  },
  toilets: {
    en: [
      ['Toilets locked in the daytime', 'At {near}. It was two in the afternoon.'],
      ['No water in the taps', 'Both sides, {near}.'],
    ],
    cy: [['Toiledau ar glo yn ystod y dydd', 'Ger {near}. Dau o’r gloch y prynhawn oedd hi.']],
  },
  abandoned_car: {
    en: [
      ['Grey car not moved since August', 'Flat tyres and a broken window, on {street}.'],
      ['Burnt out moped', 'In the bushes behind {near}.'],
    ],
    cy: [['Car llwyd heb symud ers mis Awst', 'Teiars fflat a ffenest wedi torri, ar {street}.']],
  },
  parking: {
    en: [
      ['Vans parked right across the pavement', 'On {street} every morning. Buggies go in the road.'],
      ['Cars on the zigzags at school time', 'Outside the gate near {near}.'],
    ],
    cy: [['Faniau ar draws y palmant', 'Ar {street} bob bore.']],
  },
  estate: {
    en: [
      [
        'Stair light out in the flats',
        'Second floor, {street}. People use their phones to find the key hole.',
      ],
      ['Front door does not lock', 'Anybody can walk in off {street}.'],
    ],
    cy: [['Golau’r grisiau wedi diffodd', 'Yr ail lawr, {street}.']],
  },
  rough_sleeper: {
    en: [['Man in a doorway near {near}', 'He has been there three nights and it is going to freeze.']],
    cy: [['Rhywun yn cysgu mewn drws ger {near}', 'Mae wedi bod yno ers tair noson.']],
  },
  adult_care: {
    en: [
      ['I am worried about my neighbour', 'She has not opened the curtains for days and does not answer.'],
    ],
    cy: [['Rwy’n poeni am fy nghymydog', 'Dydy hi ddim wedi agor y llenni ers dyddiau.']],
  },
};

/** What officers answer, by the step they take. */
export const REPLIES: Record<string, { en: readonly string[]; cy: readonly string[] }> = {
  investigating: {
    en: [
      'Thank you. We will come and look this week.',
      'We went to look this morning and put cones round it.',
      'It is 11 cm deep. We put cones round it and asked for a crew.',
    ],
    cy: ['Diolch. Byddwn yn dod i edrych yr wythnos hon.'],
  },
  action_scheduled: {
    en: [
      'The crew will do it within five working days.',
      'It is on the list for next week’s round.',
      'We have ordered the part. It takes about ten days.',
    ],
    cy: ['Bydd y criw yn ei wneud o fewn pum diwrnod gwaith.'],
  },
  in_progress: {
    en: [
      'The crew is here. Two people, about three hours. One lane stays open.',
      'We have started. It should be done today.',
    ],
    cy: ['Mae’r criw yma. Un lôn yn aros ar agor.'],
  },
  fixed_by_council: {
    en: [
      'Done this morning. Please tell us if it is not right.',
      'It is mended. Thank you for telling us.',
      'Cleared. If you saw who left it, please ring us.',
    ],
    cy: ['Mae wedi’i wneud. Diolch am roi gwybod i ni.'],
  },
  not_responsible: {
    en: ['This is on private land, so the owner must do it. We have written to them today.'],
    cy: ['Mae hwn ar dir preifat. Rydym wedi ysgrifennu at y perchennog heddiw.'],
  },
  unable_to_fix: {
    en: [
      'We can not move this lamp, because the cable runs under the river. A new one is planned for next year.',
    ],
    cy: ['Allwn ni ddim symud y lamp hon.'],
  },
  no_further_action: {
    en: ['We looked twice and found nothing to mend. Tell us if you see it again.'],
    cy: ['Fe edrychon ni ddwywaith heb ganfod dim i’w drwsio.'],
  },
};

/** What neighbours add. */
export const COMMENTS = {
  en: [
    'Still there this morning.',
    'I nearly fell here too.',
    'It is worse after the rain.',
    'My daughter cycles past this every day. Please hurry.',
    'They came and looked on Tuesday, so something is happening.',
    'Thank you to whoever put the cone there.',
    'Same again outside number 30.',
  ],
  cy: ['Mae’n dal yno y bore ’ma.', 'Bu bron i minnau gwympo yma hefyd.', 'Mae’n waeth ar ôl y glaw.'],
} as const;
