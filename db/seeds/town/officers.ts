// The people behind the counter of Anybridge Town Council.

import type { Name } from './types.ts';

export interface Officer {
  name: string;
  /** What residents are told: "Dylan from Highways". */
  shown: Name;
  role: Name;
  /** highways, waste, lighting, parks, paths, cleansing, democratic, contact, engagement, data */
  team: string;
  email: string;
}

const officer = (name: string, team: string, teamName: Name, role: Name): Officer => {
  const [given] = name.split(' ');
  return {
    name,
    shown: { en: `${given} from ${teamName.en}`, cy: `${given} o ${teamName.cy}` },
    role,
    team,
    email: `${given!.toLowerCase()}@anybridge.example`,
  };
};

const HIGHWAYS = { en: 'Highways', cy: 'Priffyrdd' };
const WASTE = { en: 'Bins and Recycling', cy: 'Finiau ac Ailgylchu' };
const LIGHTING = { en: 'Street Lighting', cy: 'Goleuadau Stryd' };
const PARKS = { en: 'Parks', cy: 'Barciau' };
const CLEANSING = { en: 'Street Cleaning', cy: 'Lanhau Strydoedd' };
const PATHS = { en: 'Rights of Way', cy: 'Hawliau Tramwy' };
const DEMOCRACY = { en: 'Democratic Services', cy: 'Wasanaethau Democrataidd' };
const CONTACT = { en: 'the Guildhall desk', cy: 'ddesg Neuadd y Dref' };
const TALKING = { en: 'Community Engagement', cy: 'Ymgysylltu Cymunedol' };
const DATA = { en: 'Information Governance', cy: 'Lywodraethu Gwybodaeth' };

export const OFFICERS: Officer[] = [
  officer('Dylan Beynon', 'highways', HIGHWAYS, { en: 'Highways inspector', cy: 'Arolygydd priffyrdd' }),
  officer('Kasia Mazur', 'highways', HIGHWAYS, { en: 'Highways manager', cy: 'Rheolwr priffyrdd' }),
  officer('Winston Clarke', 'highways', HIGHWAYS, { en: 'Drainage engineer', cy: 'Peiriannydd draenio' }),
  officer('Mandy Tranter', 'waste', WASTE, { en: 'Collections supervisor', cy: 'Goruchwyliwr casgliadau' }),
  officer('Abdi Hersi', 'waste', WASTE, { en: 'Fly-tipping officer', cy: 'Swyddog tipio anghyfreithlon' }),
  officer('Colin Meek', 'lighting', LIGHTING, { en: 'Lighting engineer', cy: 'Peiriannydd goleuadau' }),
  officer('Seren Watkins', 'parks', PARKS, { en: 'Parks ranger', cy: 'Ceidwad parciau' }),
  officer('Paulo Teixeira', 'parks', PARKS, { en: 'Tree officer', cy: 'Swyddog coed' }),
  officer('Joyce Turner', 'cleansing', CLEANSING, {
    en: 'Street cleaning supervisor',
    cy: 'Goruchwyliwr glanhau strydoedd',
  }),
  officer('Gethin Parry', 'paths', PATHS, { en: 'Rights of way officer', cy: 'Swyddog hawliau tramwy' }),
  officer('Meera Iyer', 'democratic', DEMOCRACY, {
    en: 'Head of democratic services',
    cy: 'Pennaeth gwasanaethau democrataidd',
  }),
  officer('Owain Probert', 'democratic', DEMOCRACY, { en: 'Petitions officer', cy: 'Swyddog deisebau' }),
  officer('Sheila Webb', 'contact', CONTACT, { en: 'Customer adviser', cy: 'Cynghorydd cwsmeriaid' }),
  officer('Yusuf Farah', 'contact', CONTACT, { en: 'Customer adviser', cy: 'Cynghorydd cwsmeriaid' }),
  officer('Lowri Griffiths', 'engagement', TALKING, { en: 'Engagement lead', cy: 'Arweinydd ymgysylltu' }),
  officer('Ada Nwosu', 'engagement', TALKING, { en: 'Consultations officer', cy: 'Swyddog ymgynghoriadau' }),
  officer('Philip Sharma', 'data', DATA, { en: 'Data protection officer', cy: 'Swyddog diogelu data' }),
];
