// The people of Anybridge: a Welsh-border town where families have come from many places. All invented.

import { stream } from './geometry.ts';
import type { Name } from './types.ts';
import { OFFICERS } from './officers.ts';
import { GROUPS } from './groups.ts';

export type { Officer } from './officers.ts';
export type { Group } from './groups.ts';

export interface Resident {
  /** `rs-001` and up. */
  id: string;
  given: string;
  family: string;
  /** As they would sign. */
  name: string;
  /** Which language they want mail in. */
  language: 'en' | 'cy';
  /** At example.org, which can never be anybody's. */
  email: string;
  /** A ward's code. */
  ward: string;
}

export interface Councillor {
  name: string;
  ward: string;
  /** Council group; none is a real party. */
  group: Name;
  email: string;
}

const words = (list: string) => list.split(',').map((word) => word.trim());

interface Community {
  share: number;
  given: string[];
  family: string[];
  welsh?: number;
}

const COMMUNITIES: Community[] = [
  {
    share: 30,
    welsh: 0.42,
    given: words('Rhian, Aled, Siân, Dylan, Megan, Gareth, Carys, Huw, Eleri, Rhys, Nia, Gethin, Bethan, Owain, Lowri, Ieuan, Ffion, Iestyn, Angharad, Tomos, Mair, Emyr, Catrin, Gwyn, Elin, Hywel, Non, Steffan, Menna, Dafydd'),
    family: words('Pugh, Morgan, Llewellyn, Prosser, Parry, Bevan, Powell, Griffiths, Rees, Vaughan, Probert, Gwynne, Watkins, Beynon, Meredith, Prytherch, Howells, Lloyd, Jenkins, Cadwallader'),
  },
  {
    share: 32,
    given: words('Tom, Hannah, George, Alice, Daniel, Ruth, Peter, Jane, Jack, Emily, Simon, Karen, Luke, Grace, Martin, Sheila, Oliver, Chloe, Ron, Margaret, Kevin, Debbie, Stan, Joan, Ryan, Holly, Ian, Pauline, Callum, Beth'),
    family: words('Baker, Hughes-Ward, Fletcher, Cooper, Turner, Preece, Hodges, Marsh, Webb, Barrett, Holloway, Finch, Sadler, Tanner, Wainwright, Bishop, Thorne, Skinner, Weaver, Pritchard, Lane, Meek, Godwin, Ballard'),
  },
  {
    share: 8,
    given: words('Agnieszka, Marek, Kasia, Piotr, Magda, Tomasz, Ewa, Jakub, Zofia, Paweł, Beata, Wojciech'),
    family: words('Nowak, Kowalczyk, Mazur, Wójcik, Pawlak, Wieczorek, Sikora, Zając, Dudek'),
  },
  {
    share: 6,
    given: words('Ngozi, Tunde, Chidi, Folake, Emeka, Amara, Segun, Ifeoma, Bayo, Adaeze'),
    family: words('Okafor, Adeyemi, Eze, Balogun, Nwosu, Ogunleye, Obi, Adebayo'),
  },
  {
    share: 6,
    given: words('Priya, Arjun, Meera, Vikram, Anjali, Rohan, Kavita, Sanjay, Deepa, Nikhil'),
    family: words('Patel, Sharma, Nair, Iyer, Desai, Singh, Kaur, Menon'),
  },
  {
    share: 5,
    given: words('Ayesha, Imran, Sana, Bilal, Nadia, Usman, Zainab, Hamza, Farah, Tariq'),
    family: words('Khan, Malik, Hussain, Qureshi, Mirza, Ahmed, Chaudhry'),
  },
  {
    share: 3,
    given: words('Rukhsana, Shafiq, Nusrat, Kamal, Shirin, Rafiq, Tahmina, Jamal'),
    family: words('Begum, Rahman, Miah, Uddin, Choudhury, Ali'),
  },
  {
    share: 3,
    given: words('Wei, Mei, Jun, Li Na, Hao, Xia, Kwok, Siu Ling'),
    family: words('Chen, Wong, Zhang, Lau, Cheung, Lin'),
  },
  {
    share: 3,
    given: words('João, Inês, Rui, Catarina, Paulo, Beatriz, Nuno, Marta'),
    family: words('Ferreira, Carvalho, Sousa, Teixeira, Almeida'),
  },
  {
    share: 3,
    given: words('Hodan, Abdi, Fadumo, Yusuf, Ifrah, Mahad, Sagal, Warsame'),
    family: words('Warsame, Abdullahi, Farah, Jama, Hersi, Duale'),
  },
  {
    share: 2,
    given: words('Oksana, Dmytro, Olena, Andriy, Iryna, Taras'),
    family: words('Shevchenko, Bondarenko, Kravets, Melnyk'),
  },
  {
    share: 2,
    given: words('Rima, Omar, Lina, Khaled, Yara, Samir'),
    family: words('Haddad, Al-Masri, Khoury, Nasser'),
  },
]; // prettier-ignore

/** About how many of 300 residents live in each ward, by its people. */
const WARD_SHARES: [string, number][] = [
  ['AB01', 45], ['AB02', 54], ['AB03', 46], ['AB04', 61], ['AB05', 68], ['AB06', 27],
  ['AB07', 64], ['AB08', 56], ['AB09', 52], ['AB10', 50], ['AB11', 52], ['AB12', 25],
]; // prettier-ignore

function weighted<T>(list: readonly T[], weight: (entry: T) => number, chance: number): T {
  let left = chance * list.reduce((sum, entry) => sum + weight(entry), 0);
  return list.find((entry) => (left -= weight(entry)) < 0) ?? list[list.length - 1]!;
}

/** A name as it may stand in an e-mail address. */
const mailbox = (name: string) =>
  name
    .replace(/ł/g, 'l')
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase();

/**
 * Residents, no two of one name; the same list every time, and a longer list begins with the shorter.
 * @param count at most 600
 */
export function residents(count = 300): Resident[] {
  const chance = stream(60_000);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const known = new Set([...COUNCILLOR_NAMES.flat(), ...OFFICERS.map((officer) => officer.name)]);
  const out: Resident[] = [];
  const put = (given: string, family: string, ward: string, language: 'en' | 'cy') => {
    const name = `${given} ${family}`;
    if (known.has(name) || given === family) return;
    known.add(name);
    const id = `rs-${String(out.length + 1).padStart(3, '0')}`;
    out.push({
      id,
      given,
      family,
      name,
      language,
      email: `${mailbox(given)}.${mailbox(family)}@example.org`,
      ward,
    });
  };
  put('Aled', 'Morgan', 'AB02', 'cy');
  put('Ngozi', 'Okafor', 'AB02', 'en');
  while (out.length < count) {
    const community = weighted(COMMUNITIES, (entry) => entry.share, chance());
    // Every tenth family is a mixed one.
    const second = chance() < 0.1 ? weighted(COMMUNITIES, (entry) => entry.share, chance()) : community;
    const [given, family] = [pick(community.given), pick(second.family)];
    const [ward] = weighted(WARD_SHARES, ([, share]) => share, chance());
    const language = chance() < (community.welsh ?? 0.02) ? 'cy' : 'en';
    put(given, family, ward, language);
  }
  return out;
}

/** Two for each ward, in the wards' order. */
const COUNCILLOR_NAMES: [string, string][] = [
  ['Eluned Vaughan', 'Martin Sadler'],
  ['Rhian Pugh', 'Tom Adeyemi'],
  ['Gwyn Prosser', 'Nadia Qureshi'],
  ['Alice Wainwright', 'Sanjay Nair'],
  ['Hywel Meredith', 'Joan Ballard'],
  ['Stan Hodges', 'Menna Rees'],
  ['Fadumo Jama', 'Peter Holloway'],
  ['Karen Skinner', 'Emyr Bevan'],
  ['Agnieszka Nowak', 'Ron Fletcher'],
  ['Imran Malik', 'Bethan Howells'],
  ['Ruth Godwin', 'Dafydd Gwynne'],
  ['Margaret Thorne', 'Iestyn Lloyd'],
];

const COUNCIL_GROUPS: Name[] = [
  { en: 'Anybridge Together', cy: 'Pontany Gyda’n Gilydd' },
  { en: 'River Any Residents', cy: 'Trigolion Afon Any' },
  { en: 'Fair Town', cy: 'Tref Deg' },
  { en: 'Independent', cy: 'Annibynnol' },
];

/** The twenty-four councillors, two for each ward. */
export function councillors(): Councillor[] {
  return COUNCILLOR_NAMES.flatMap((pair, ward) =>
    pair.map((name, seat) => {
      const [given, ...family] = name.split(' ');
      return {
        name,
        ward: `AB${String(ward + 1).padStart(2, '0')}`,
        group: COUNCIL_GROUPS[(ward + seat * 2 + (ward % 3)) % COUNCIL_GROUPS.length]!,
        email: `cllr.${mailbox(given!)}.${mailbox(family.join(''))}@anybridge.example`,
      };
    }),
  );
}

export const officers = () => OFFICERS;
export const groups = () => GROUPS;
