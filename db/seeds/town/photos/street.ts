// Pictures taken across the street: what was dumped, what is broken, what stands in the way.

import { street } from './backdrops.ts';
import { lampLight } from './kit.ts';
import type { Paint, Scene } from './kit.ts';

const sheen = (paint: Paint, color: string, dark: string) =>
  paint.fade([[0, color], [1, dark]]); // prettier-ignore

function sack(paint: Paint, x: number, y: number, size: number): string {
  const fill = paint.glow([[0, '#4a4d52'], [0.75, '#1c1e21'], [1, '#0e0f11']]); // prettier-ignore
  return `${paint.shadow(x, y, size * 0.8, size * 0.2, 0.6)}<g transform="translate(${x} ${y}) scale(${size / 100})" filter="${paint.frayed(12, 0.03)}"><path d="M-66 0C-84-60-40-96-8-104l-14-26q22 10 30 0 8 10 28-2l-12 28C58-96 84-56 66 0z" fill="${fill}"/><path d="M-30-20q6-40 20-56M20-14q-2-40-10-60M40-30q-10-30-22-44" stroke="#7d8288" stroke-width="4" opacity=".45" fill="none"/></g>`;
}

function tip(paint: Paint): string {
  const mattress = `${paint.shadow(420, 716, 300, 40, 0.6)}<path d="M180 700 250 420 600 404 570 704z" fill="${sheen(paint, '#d8d0c0', '#a69c88')}"/><path d="M180 700 250 420l-26-8-70 280z" fill="#8f8674"/><path d="M262 470l320-14M250 530l326-10M236 590l334-8M222 650l346-4" stroke="#8c94a6" stroke-width="6" opacity=".6"/><ellipse cx="470" cy="560" rx="60" ry="42" fill="#8a7048" opacity=".4" filter="${paint.blurred(10)}"/>`;
  const chair = `${paint.shadow(790, 728, 190, 34, 0.6)}<path d="M660 716V560q0-40 44-40h168q42 0 42 42v154h-44v-70H706v70z" fill="${sheen(paint, '#7a4a3a', '#4b2a20')}"/><path d="M700 650V470q4-50 60-50h60q56 0 56 52v178z" fill="${sheen(paint, '#8b5745', '#5f382a')}"/><path d="M726 470q60-18 124 0M730 560q60 20 116 0" stroke="#3a1f16" stroke-width="5" opacity=".5" fill="none"/><path d="M706 646h164v-46q-80-24-164 0z" fill="#99644f"/>`;
  return `${mattress}${chair}${sack(paint, 620, 720, 120)}${sack(paint, 980, 726, 150)}${sack(paint, 1060, 742, 110)}<path d="M60 736l150-10 10 60-150 14z" fill="#b58a55"/><path d="M60 736l150-10-20-34-120 6z" fill="#d0aa74"/>`;
}

function whiteGoods(paint: Paint): string {
  const fridge = `${paint.shadow(480, 740, 190, 34, 0.6)}<path d="M340 738V330h240v408z" fill="${sheen(paint, '#eceeed', '#b7bdbd')}"/><path d="M580 330l36 18v376l-36 14z" fill="#8f9696"/><path d="M340 470h240" stroke="#9aa1a1" stroke-width="7"/><path d="M362 386v56M362 500v90" stroke="#7d8484" stroke-width="12"/><path d="M400 560q50-30 90 10 30 60-20 80-60 0-70-90z" fill="#a8794a" opacity=".35"/>`;
  const tyre = (x: number, y: number) =>
    `${paint.shadow(x, y + 70, 110, 22, 0.6)}<ellipse cx="${x}" cy="${y}" rx="92" ry="74" fill="#1d1e20"/><ellipse cx="${x}" cy="${y - 4}" rx="50" ry="38" fill="#55585a"/><ellipse cx="${x}" cy="${y}" rx="46" ry="34" fill="#131415"/><ellipse cx="${x}" cy="${y}" rx="78" ry="62" fill="none" stroke="#3a3c3f" stroke-width="7"/>`;
  return `${fridge}${tyre(790, 690)}${tyre(850, 640)}${sack(paint, 250, 744, 120)}${sack(paint, 690, 750, 90)}<path d="M930 740 1010 430l26 6-64 310z" fill="#8a6b47"/><path d="M960 744l110-290 24 8-96 290z" fill="#6f5437"/>`;
}

function bin(paint: Paint): string {
  const rubbish = Array.from({ length: 15 }, () => {
    const [x, y] = [paint.between(468, 720), paint.between(292, 372)];
    return `<rect transform="rotate(${paint.between(-50, 50)} ${x} ${y})" x="${x}" y="${y}" width="${paint.between(34, 80)}" height="${paint.between(26, 58)}" rx="8" fill="${paint.pick(['#e8e4d8', '#b8322c', '#d9b45a', '#35659c', '#f3f1ea', '#6b8f4a', '#c9ccd0'])}"/>`;
  }).join('');
  const spill = Array.from({ length: 12 }, () => {
    const [x, y] = [paint.between(280, 960), paint.between(720, 820)];
    return `<rect transform="rotate(${paint.between(-60, 60)} ${x} ${y})" x="${x}" y="${y}" width="${paint.between(26, 70)}" height="${paint.between(16, 36)}" rx="6" fill="${paint.pick(['#e8e4d8', '#c43d34', '#e2c06a', '#f3f1ea', '#9fb6c8'])}"/>`;
  }).join('');
  return `${paint.shadow(610, 752, 260, 44, 0.65)}${rubbish}<path d="M450 372H756L738 752H470z" fill="${paint.fade([[0, '#3f6e5a'], [0.45, '#2c5546'], [1, '#152b23']], 'x1="0" y1="0" x2="1" y2="0"')}"/><path d="M434 352H772V396H434z" fill="#234438"/><path d="M500 440h206l-6 70H506z" fill="#e7e2d0" opacity=".9"/><path d="M540 476h130M560 492h90" stroke="#2c5546" stroke-width="7"/><path d="M478 560l10 180M722 560l-8 180M600 560v186" stroke="#0e1f19" stroke-width="5" opacity=".5"/><path d="M470 372q30-60 80-44 20-50 76-22 40-30 70 14 40 4 36 52z" fill="#d9d6cd"/><path d="M500 366q20-30 50-26M600 362q20-40 60-30" stroke="#a9a69c" stroke-width="5" fill="none"/>${spill}${sack(paint, 360, 766, 130)}${sack(paint, 850, 762, 110)}`; // prettier-ignore
}

function lampPost(paint: Paint, x: number, lit: boolean): string {
  const metal = paint.fade([[0, '#20262a'], [0.4, '#5c666b'], [1, '#15191c']], 'x1="0" y1="0" x2="1" y2="0"'); // prettier-ignore
  return `${paint.shadow(x + 8, 630, 60, 12, 0.6)}<path d="M${x - 16} 630L${x - 9} 130h18l7 500z" fill="${metal}"/><path d="M${x - 24} 560h48v70h-48z" fill="${metal}"/><path d="M${x} 138q4-66 120-58" stroke="#3a4347" stroke-width="13" fill="none"/><path d="M${x + 100} 66h96l-14 34h-66z" fill="#2a3033"/><path d="M${x + 112} 100h66l-10 16h-46z" fill="${lit ? '#ffe3a1' : '#59666c'}"/>`;
}

function car(paint: Paint): string {
  const body = paint.pick(['#8d2f2a', '#33566f', '#6f7a53', '#8a8f92']);
  const paintwork = paint.fade([[0, '#ffffff', 0.25], [0.4, '#fff', 0], [1, '#000', 0.45]]); // prettier-ignore
  const shape =
    'M150 690q-10-70 20-104 60-34 180-44 90-96 170-104h230q110 6 190 104 110 14 136 50 20 40 6 98z';
  const wheel = (x: number, flat: boolean) =>
    `<ellipse cx="${x}" cy="${flat ? 704 : 696}" rx="${flat ? 82 : 76}" ry="${flat ? 62 : 76}" fill="#141516"/><circle cx="${x}" cy="700" r="40" fill="#7d8487"/><circle cx="${x}" cy="700" r="26" fill="#34393b"/>`;
  return `${paint.shadow(620, 770, 560, 54, 0.8)}<path d="${shape}" fill="${body}"/><path d="${shape}" fill="${paintwork}"/><path d="M392 540q70-76 136-80h92v82zM644 460h106q80 6 140 82H650z" fill="#28343b"/><path d="M430 536l70-66M690 470l-20 66" stroke="#8fa3ad" stroke-width="10" opacity=".5"/><path d="M632 460v230M420 560v120" stroke="#000" stroke-opacity=".35" stroke-width="5"/><path d="M680 590h44" stroke="#111" stroke-width="9"/><path d="M700 466l-30 30 40 16-26 30 60 20" stroke="#cfd8dc" stroke-width="4" fill="none"/>${wheel(330, true)}${wheel(896, false)}<path d="M150 640h50v24h-50z" fill="#e9d9a0"/><path d="M1060 610h34v30h-34z" fill="#a32b25"/><g filter="${paint.frayed(30, 0.04)}" fill="#7a4320" opacity=".7"><path d="M250 660q40-40 90-20l-20 40zM900 620q60-30 110 10-40 40-100 26zM500 676h150v16H500z"/></g><path d="M560 484h60v40h-60z" fill="#f0d94a" opacity=".92"/><path d="M568 498h44M568 510h34" stroke="#5a4c10" stroke-width="5"/>${paint.leaves(16, 380, 436, 860, 545)}${paint.leaves(14, 90, 756, 1120, 850)}`;
}

function sign(paint: Paint): string {
  const pole = paint.fade([[0, '#4e5558'], [0.4, '#a4acb0'], [1, '#3b4144']], 'x1="0" y1="0" x2="1" y2="0"'); // prettier-ignore
  return `${paint.shadow(560, 640, 120, 18, 0.6)}<path d="M520 640Q520 470 640 300l26 16Q552 480 552 640z" fill="${pole}"/><g transform="translate(690 244) rotate(38)"><path d="M0-150 150 110H-150z" fill="#c2281f"/><path d="M0-104 108 84H-108z" fill="#f4f2ea"/><path d="M-34 62V0q0-24 24-24h20q24 0 24 24v62zM-20-46a20 20 0 1 0 40 0 20 20 0 1 0-40 0" fill="#1c1d1f" opacity=".9"/><path d="M60 30l40 60-70-16zM-120 90l50-10" fill="#8c8a83" opacity=".6"/><path d="M-150 110L0-150 20-110-110 92z" fill="#fff" opacity=".12"/></g><g fill="#c2281f"><path d="M300 760l60-20 20 40-70 6zM800 800l40-26 26 26z"/></g><path d="M480 640h120v-22q-60-20-120 0z" fill="#77736a"/>`;
}

function hedge(paint: Paint): string {
  const clumps = (count: number, color: string, low: number, high: number, radius: number) =>
    `<g fill="${color}">${Array.from({ length: count }, () => `<circle cx="${paint.between(420, 1230)}" cy="${paint.between(low, high)}" r="${paint.between(radius * 0.5, radius)}"/>`).join('')}</g>`;
  const sprays = Array.from({ length: 46 }, () => {
    const [x, y] = [paint.between(390, 620), paint.between(170, 640)];
    return `<path d="M${x + 90} ${y}q-50-${paint.between(10, 40)}-${paint.between(90, 190)} ${paint.between(0, 60)}" stroke="${paint.pick(['#47672f', '#5d8038', '#37532a'])}" stroke-width="9" fill="none" stroke-linecap="round"/>`;
  }).join('');
  return `${paint.shadow(800, 690, 520, 60, 0.7)}<g filter="${paint.frayed(46, 0.04)}"><path d="M470 700V190q300-60 760-30v540z" fill="#2f4726"/>${sprays}${clumps(70, '#3c5a2c', 150, 660, 70)}${clumps(60, '#54783a', 140, 560, 48)}${clumps(46, '#7d9a4c', 130, 460, 26)}</g>${paint.leaves(16, 300, 680, 1150, 830)}`;
}

function bollard(paint: Paint): string {
  const iron = paint.fade([[0, '#15181a'], [0.4, '#4c5357'], [1, '#0d0f10']], 'x1="0" y1="0" x2="1" y2="0"'); // prettier-ignore
  const post = `<path d="M-40 0V-250q0-50 40-50t40 50V0z" fill="${iron}"/><path d="M-40-214h80v24h-80z" fill="#d9c23f"/><path d="M-46-90h92v16h-92zM-50-16H50V6H-50z" fill="#1a1d1f"/>`;
  return `${paint.shadow(300, 700, 90, 20, 0.6)}<g transform="translate(300 700)">${post}</g>${paint.shadow(720, 730, 240, 30, 0.6)}<g transform="translate(610 726) rotate(64)">${post}</g><g filter="${paint.frayed(16, 0.05)}"><path d="M540 700q60-40 130 0l20 40H520z" fill="#3b3732"/></g><g fill="#8b867a"><path d="M500 760l50-20 20 30-56 10zM700 780l36-16 18 22zM450 720l26-14 10 20z"/></g>`;
}

function shelter(paint: Paint): string {
  const glass = '#b9d2d8';
  const crumbs = Array.from(
    { length: 130 },
    () =>
      `<rect x="${paint.between(360, 880)}" y="${paint.between(690, 770)}" width="${paint.between(3, 11)}" height="${paint.between(3, 8)}"/>`,
  ).join('');
  return `${paint.shadow(600, 690, 520, 50, 0.55)}<path d="M120 190H1080V236H120z" fill="#24313a"/><path d="M120 180H1080V196H120z" fill="#4c5d68"/><path d="M150 236h22v450h-22zM1028 236h22v450h-22zM590 236h20v450h-20z" fill="#2b3941"/><path d="M172 252H590V660H172z" fill="${glass}" opacity=".34"/><path d="M200 640 420 262h60L270 640z" fill="#fff" opacity=".2"/><path d="M610 252h418v60l-60 40 30 50-70-10-20 60-60-50-50 70-30-80-70 30 10-70-98 20zM610 660v-90l40 40 30-60 50 70 60-30 40 50 80-60 30 50 60-30 28 40v20z" fill="${glass}" opacity=".46" stroke="#eef6f8" stroke-width="4"/><path d="M230 560h330v26H230zM660 560h330v26H660z" fill="#7a244b"/><path d="M250 586v90M540 586v90M680 586v90M970 586v90" stroke="#2b3941" stroke-width="12"/><g fill="#dceaee" opacity=".9">${crumbs}</g><path d="M1040 120h110v120h-110z" fill="#f4f2ea"/><path d="M1062 150h66v40h-66z" fill="#1d66a7"/><path d="M1092 240v440" stroke="#2b3941" stroke-width="14"/>`;
}

function wheelies(paint: Paint): string {
  const one = (x: number, y: number, color: string, dark: string) => `${paint.shadow(x + 4, y + 8, 130, 26, 0.6)}<path d="M${x - 98} ${y - 330}h196l-20 324h-150z" fill="${paint.fade([[0, color], [1, dark]], 'x1="0" y1="0" x2="1" y2="0.3"')}"/><path d="M${x - 112} ${y - 360}h216q14 0 14 14v24h-236z" fill="${dark}"/><path d="M${x - 96} ${y - 362}q90-30 190 0z" fill="${color}"/><circle cx="${x + 62}" cy="${y - 14}" r="30" fill="#131415"/><path d="M${x - 40} ${y - 250}h80v64h-80z" fill="#f2efe4" opacity=".85"/>`; // prettier-ignore
  return (
    one(330, 690, '#4b5a52', '#1f2925') +
    one(570, 700, '#2f6a93', '#143650') +
    one(820, 694, '#4b5a52', '#1f2925') +
    sack(paint, 1010, 712, 120)
  );
}

const scene = (subject: string, kinds: string[], en: string, cy: string, draw: Scene['draw']): Scene => ({
  subject,
  kinds,
  alt: { en, cy },
  draw,
});

export const STREET_SCENES: Scene[] = [
  scene('fly-tip', ['fly_tipping', 'bulky_waste'], 'A mattress, an armchair and black bags dumped in the street', 'Matres, cadair freichiau a bagiau du wedi’u gadael yn y stryd', (p) => street(p) + tip(p)),
  scene('fly-tip-fridge', ['fly_tipping', 'bulky_waste'], 'A fridge, tyres and bags of rubbish dumped on the pavement', 'Oergell, teiars a bagiau sbwriel wedi’u gadael ar y palmant', (p) => street(p) + whiteGoods(p)),
  scene('full-bin', ['bin', 'litter', 'street_cleaning'], 'A street bin full to overflowing, rubbish lying round it', 'Bin stryd yn gorlifo, a sbwriel o’i gwmpas', (p) => street(p) + bin(p)),
  scene('light-out', ['street_light'], 'A street light that does not shine, the one beyond it lit', 'Golau stryd nad yw’n gweithio, a’r un nesaf ato ynghyn', (p) => street(p) + lampPost(p, 330, false) + lampPost(p, 930, true)),
  scene('abandoned-car', ['abandoned_vehicle', 'parking'], 'A rusty car with a flat tyre and a cracked window, left by the kerb', 'Car rhydlyd â theiar fflat a ffenestr wedi cracio, wedi’i adael wrth y cwrbyn', (p) => street(p) + car(p)),
  scene('bent-sign', ['sign'], 'A road sign on a bent post, leaning over the pavement', 'Arwydd ffordd ar bostyn wedi plygu, yn gwyro dros y palmant', (p) => street(p) + sign(p)),
  scene('hedge', ['hedge', 'pavement'], 'A hedge so overgrown that it covers most of the pavement', 'Gwrych sydd wedi tyfu dros y rhan fwyaf o’r palmant', (p) => street(p) + hedge(p)),
  scene('bollard', ['bollard', 'street_furniture'], 'A bollard knocked over beside one that still stands', 'Bolard wedi’i fwrw i lawr wrth ymyl un sy’n dal i sefyll', (p) => street(p) + bollard(p)),
  scene('bus-shelter', ['bus_shelter', 'street_furniture'], 'A bus shelter with a smashed pane and broken glass on the ground', 'Lloches bws â chwarel wedi’i thorri a gwydr ar y llawr', (p) => street(p) + shelter(p)),
  scene('bins-in-the-way', ['bin', 'pavement'], 'Wheelie bins standing across the pavement', 'Biniau olwynion yn sefyll ar draws y palmant', (p) => street(p) + wheelies(p)),
]; // prettier-ignore

/** The glow of the lamps that do work, laid over a night picture. */
export const nightLight = (paint: Paint) => lampLight(paint, 1075, 110, 430);
