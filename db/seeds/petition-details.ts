/** The longer words of the petitions that have some, by their title. At most 800 letters each, plain text. */
export const DETAILS: Readonly<Record<string, string>> = {
  'Keep the 14 night bus running after ten': `The last 14 leaves the station at ten past ten. If you work late at the hospital, the bakery or the Crown, you walk.

We ask the council to pay for three more buses each night, at 10.40, 11.20 and midnight, from the station to Marsh End. It would cost about £61,000 a year. That is about one pound for each of us.

The council paid for these buses until 2023. On a usual night 70 people used them.`,
  'A crossing at the gate of Weirside School': `We counted on three mornings in March, from eight to nine: 212 children on foot, 340 cars, and four that had to brake hard.

The bend hides a child until a car is 20 metres away. A zebra crossing with a raised bed would show where to walk and slow the road for everybody else too.`,
  'Open the library on Saturday afternoons': `The library closes at noon on Saturdays. Eleven people waited at the door on the Saturday we counted, and went home.

Four hours more each week need one and a half people. The Friends of the Library offer a rota of volunteers for the desk.`,
  'Toilets at the bus station, open until the last bus': `The toilets close at five, with the ticket office. The last bus leaves at twenty past eleven.

Drivers have a key. Passengers, many of them old or with small children, have nothing.`,
  'Light the towpath between the bridges': `Six lamps on the existing posts would do it, turned low after midnight for the bats. The Friends of the Weir asked an ecologist; amber light close to the ground is what she would allow.

Since the lamps failed in January people walk round by the main road, and it takes eleven minutes more.`,
  'Twenty miles an hour in all of Northgate': `Fourteen streets, no pavement wider than a pram. On Chapel Lane the fastest car we timed went at 43.`,
  'A place to skate that is not the church steps': `We are eleven to nineteen. We drew a plan for the corner of the old coal yard with a builder who skates. It needs 200 square metres of smooth concrete and one lamp.

We can raise a third of the money. What we cannot raise is a place.`,
  'Let the swimming pool open before work': `Before 2021 the doors opened at half past six on three mornings. About forty people swam, most of them over sixty or on their way to the hospital.

We ask for Mondays, Wednesdays and Fridays from half past six, at the price of an ordinary swim.`,
  'A ramp to the town hall that wheelchairs can climb': `The ramp of 1987 rises one in eight. A wheelchair should not be asked to climb more than one in twelve.

Until it is rebuilt, please hold the meetings that anybody may attend in the Guildhall, which has a lift.`,
  'Stop lorries on Chapel Lane at night': `Between ten at night and six in the morning we counted 61 lorries in one week. The bypass, two minutes longer, was built for them and is empty.

A sign that says 7.5 tonnes, "except for loading", would be enough for most drivers.`,
  'Publish where every pound of the harbour fund goes': `The fund takes £1.20 from each night at a mooring. Last year that was £38,400. We asked three times and were sent a leaflet.`,
  'A dog-free lawn in Weir Fields': `We love dogs. We ask for one lawn of eight, the one beside the paddling pool, with a low fence and a gate that a child cannot open.

The Friends of Weir Fields offer to paint the fence.`,
  'Repair cafés in every ward hall': `In Old Town 40 people came on the first Saturday and took home 31 mended things. We ask for the halls free of charge for one Saturday a month.`,
  'Name the new bridge after Annie Powell the ferrywoman': `Annie Powell rowed the ferry from 1888 to 1929, through two floods, and was never paid for those who had no penny.

No street, bridge or house in Anybridge bears the name of a woman. Of 212 streets named after somebody, none.`,
  'Seats at the bus stops on Mill Road': `Five stops, no seat, a hill of one in ten. My neighbour is 81 and takes a taxi for a journey that her pass would give her.

Perch seats fix to the shelter's posts. Two stops have no shelter: there a bench fits behind the pavement.`,
  'A second bus an hour to the hospital': `Visiting ends at eight. The bus leaves at two minutes past, from the far side of the car park.`,
  'Cut the hedge at the corner of Abbey Lane': `It belongs to the old vicarage, which stands empty. Three bumps since Easter, all at under ten miles an hour so far.`,
  'Grit the path to the surgery': `The road is gritted to the gate. From there it is 80 metres of slope, in the shade until noon.

Last winter the surgery counted nine falls on it.`,
  'Wildflowers on the verges, not lawn': `Cut twice a year instead of twelve times, and take the hay away. It costs less from the third year.`,
  'Save the brass band’s practice room': `The band is 142 years old and teaches 34 children for nothing. The room above the fire station is the only one where nobody minds.`,
  'One phone number for all the councils': `The county mends the road, the town sweeps it, the housing association mends the wall beside it. Nobody who has just stepped into a hole should have to know that.

We ask for one number where a person answers and passes it on.`,
  'Hold one council meeting a year in each ward': `Twelve wards, twelve meetings, the same councillors, and the same biscuits. Eleven wards have a hall that is big enough.`,
  'A bin for dog bags at every gate of the park': `Seven gates, one bin. The bags hang in the hedge because nobody carries them to the other end.`,
  'Paint the level crossing so that it can be seen': `The railway owns the barrier, the county the road. Each says it is the other's paint.`,
  'Tell us before you close a road': `On 3 May Bridge Street was closed for a day. The bus, the ambulance and the bride did not know.`,
  'Stop the night flights over the valley': `We kept a list from March to June: 391 flights between eleven and five. We ask the council to object when the licence is renewed.`,
  'Residents’ parking in Castle Street': `48 houses, 40 places, and from Monday to Friday 35 of them are taken before eight by people who go on by train.`,
};
