/** What the council did with some petitions, by their title; for the others see `SAID` in petitions.ts. */
import type { StepKind } from '@folkmoot/core/petitions/plain';

type Said = { summary: string; details?: string; data?: Record<string, string | number> };
type Answers = Partial<Record<StepKind, Said>>;

const MEETING = 'Full council, the Guildhall';

export const ANSWERS: Readonly<Record<string, Answers>> = {
  'A crossing at the gate of Weirside School': {
    response: {
      data: { takes: 'do_it' },
      summary: 'Yes. The county will build a zebra crossing on a raised bed before the spring term.',
      details: `We counted too, on five mornings, and found what you found: more than 200 children, and cars that see them late.

The crossing costs £48,000. The county pays two thirds and we pay the rest from the safer streets fund. Until it is built a crossing patrol will stand there from eight to nine and from three to four.`,
    },
  },
  'Open the library on Saturday afternoons': {
    response: {
      data: { takes: 'research' },
      summary: 'We will open on two Saturdays a month from October, and count who comes.',
      details: `Four hours each week would cost £19,200 a year, which is not in this year's budget. With the Friends' volunteers at the desk two Saturdays a month cost £4,100, and we can find that.

If more than 60 people come on an afternoon, we will ask council for all Saturdays.`,
    },
    evidence: {
      summary: 'The head of libraries answered questions for an hour. Twelve people asked.',
      details: 'The figures she brought, of visitors by the hour, are with the minutes of the meeting.',
    },
    debate_scheduled: {
      summary: 'Full council will debate it. The organiser may speak for five minutes.',
      data: { meeting: MEETING },
    },
    debated: {
      summary: 'Council agreed, by 14 votes to 5, to open on every Saturday from January.',
      details: `Councillor Pugh moved that the trial be left out. Councillor Adeyemi asked where the money comes from; it comes from the reserve in the first year and has to be found after it.`,
      data: {
        meeting: MEETING,
        votesFor: 14,
        votesAgainst: 5,
        decision: 'Open on every Saturday from January.',
      },
    },
  },
  'Stop lorries on Chapel Lane at night': {
    response: {
      summary: 'We agree. The county will sign a limit of 7.5 tonnes, except for loading.',
      details: 'A limit needs an order, and an order needs six weeks in which anybody may object.',
    },
    debated: {
      summary: 'Council backed the order by 21 votes to 0.',
      data: {
        meeting: MEETING,
        votesFor: 21,
        votesAgainst: 0,
        decision: 'Back the order for a limit of 7.5 tonnes.',
      },
    },
  },
  'Cut the hedge at the corner of Abbey Lane': {
    response: {
      summary: 'It is cut. The owner did not answer, so we did it and sent the bill.',
    },
    debated: {
      summary: 'Council asked for a list of all corners that cannot be seen, by 17 votes to 2.',
      data: { meeting: MEETING, votesFor: 17, votesAgainst: 2, decision: 'Draw up a list of blind corners.' },
    },
  },
  'Light the towpath between the bridges': {
    response: {
      data: { takes: 'research' },
      summary: 'We want to, and the bats must be asked first. A survey begins in May.',
      details: `Lamps along water need a survey of bats, which can only be made from May to August. If it allows amber light, six lamps go up in October for about £22,000.

In the meantime we mend the two lamps at the steps this month.`,
    },
    debate_scheduled: {
      summary: 'Full council will debate it. Anybody may come and listen.',
      data: { meeting: MEETING },
    },
  },
  'A dog-free lawn in Weir Fields': {
    response: {
      summary: 'We will fence the lawn beside the paddling pool for one summer and see.',
      details: 'A low chestnut fence costs £2,800. The Friends of Weir Fields paint it, and we thank them.',
    },
  },
  'Twenty miles an hour in all of Northgate': {
    response: {
      summary: 'Yes for the nine streets round the school this year; the other five wait for money.',
      details:
        'Signs and paint for fourteen streets cost £31,000. This year we have £20,000 for all of the town.',
    },
    not_debated: {
      summary: 'The roads committee has taken it up, so full council will not debate it as well.',
    },
  },
  'A ramp to the town hall that wheelchairs can climb': {
    response: {
      summary: 'You are right. Public meetings move to the Guildhall from next month; the ramp follows.',
      details:
        'The building is listed, and a new ramp needs leave. We have asked for it. It takes about eight months.',
    },
  },
  'A second bus an hour to the hospital': {
    response: {
      summary: 'The bus company will wait until a quarter past eight. A second bus needs £88,000.',
      details: 'We have asked the health board to share the cost, and will say here what it answers.',
    },
  },
  'Grit the path to the surgery': {
    response: {
      summary: 'Yes. From 1 November the path is on the first round, before seven in the morning.',
    },
  },
  'Hold one council meeting a year in each ward': {
    response: {
      summary: 'We will try four wards in the first year, and begin in Marsh End.',
    },
  },
  'Tell us before you close a road': {
    response: {
      summary: 'We were wrong. Closures are now on the map two weeks before, and the ambulance is rung.',
    },
  },
  'Stop the night flights over the valley': {
    response: {
      summary: 'The council will object, and your list of 391 flights goes with the objection.',
    },
  },
};

/** Why some were not published, in the words of the moderator. */
export const REFUSED: Readonly<Record<string, { code: string; reason: string }>> = {
  'Allotments on the old coal yard': {
    code: 'other_process',
    reason:
      'There is a planning application for the yard. Please write to the planners by the end of the month: they must read it, and a petition would come too late.',
  },
  'Keep the mobile library on the hill farms’ round': {
    code: 'already_happening',
    reason: 'The round was extended for three years in June. The van stops at the farms on Thursdays.',
  },
  'Test the air at the school gate': {
    code: 'not_our_responsibility',
    reason: 'The county measures the air. It puts a box at this gate in May.',
  },
  'Clean the river below the weir': {
    code: 'not_our_responsibility',
    reason: 'The river belongs to the water company and its regulator. We have sent them your words.',
  },
};

/** Who of the named residents asked for what. */
export const ASKED_BY: Readonly<Record<string, string>> = {
  'Keep the 14 night bus running after ten': 'Grace Okafor',
  'Mend the big slide at Weir Fields': 'Huw Bevan',
  'Seats at the bus stops on Mill Road': 'Mair Pritchard',
};
