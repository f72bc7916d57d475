// Pictures taken looking down: holes, drains, slabs, crossings.

import { paving, road } from './backdrops.ts';
import type { Paint, Scene } from './kit.ts';

function pothole(paint: Paint, wet: boolean): string {
  const fray = paint.frayed(46, 0.035);
  const [x, y] = [paint.between(540, 650), paint.between(560, 610)];
  const sky = paint.fade([[0, paint.light.sky[0]], [0.6, paint.light.sky[1]], [1, '#4c5a60']]); // prettier-ignore
  const water = `<g filter="${paint.frayed(26, 0.03)}"><ellipse cx="${x + 6}" cy="${y + 16}" rx="178" ry="74" fill="${sky}"/></g><path d="M${x - 96} ${y - 4}q90-30 196-10" stroke="#f4f8f7" stroke-width="5" opacity=".5" fill="none"/>`;
  const stones = Array.from({ length: 16 }, () => {
    const angle = paint.between(0, 6.28);
    const [dx, dy] = [Math.cos(angle) * paint.between(240, 400), Math.sin(angle) * paint.between(110, 190)];
    const [w, h] = [paint.between(8, 24), paint.between(6, 15)];
    return `<path d="M${(x + dx).toFixed(0)} ${(y + dy).toFixed(0)}l${w} ${-h * 0.4} ${w * 0.6} ${h * 0.7}-${w * 0.7} ${h * 0.6}-${w} ${-h * 0.3}z"/>`;
  }).join('');
  const floor = `<g filter="${paint.frayed(30, 0.04)}"><ellipse cx="${x}" cy="${y + 12}" rx="186" ry="84" fill="#5b4d3f"/></g><ellipse cx="${x}" cy="${y + 16}" rx="176" ry="78" fill="#766555" filter="${paint.rough('#8f7d69', '.12 .2', 4, 50)}" opacity=".8"/>`;
  return `<g filter="${fray}"><ellipse cx="${x}" cy="${y}" rx="306" ry="152" fill="#55554f" opacity=".6"/><ellipse cx="${x}" cy="${y}" rx="276" ry="134" fill="#393835"/><ellipse cx="${x + 2}" cy="${y + 4}" rx="240" ry="112" fill="#1c1a18"/></g>${wet ? water : floor}<g fill="#4b4a47">${stones}</g>`;
}

function drain(paint: Paint, flooded: boolean): string {
  const bars = Array.from({ length: 9 }, (_, i) => `M${452 + i * 38} 470l-34 168`).join('');
  const pool = `<g filter="${paint.frayed(50, 0.014)}"><path d="M60 470C260 380 900 300 1180 330 1220 560 1000 780 620 800 240 800 20 640 60 470z" fill="${paint.fade([[0, '#aab4b4', 0.75], [1, '#3c4442', 0.85]])}"/></g><path d="M240 520q180-50 330-30M640 690q160 10 260-40" stroke="#f2f5f2" stroke-width="4" opacity=".35" fill="none"/>`; // prettier-ignore
  return `${flooded ? pool : ''}<path d="M420 440H816L776 664H376z" fill="#2a2a2b"/><path d="M440 456H796L760 648H398z" fill="#0d0e0f"/><path d="${bars}M428 540H784" stroke="#4a4b4d" stroke-width="15" fill="none"/><path d="M420 440H816L776 664H376z" fill="none" stroke="#5d5e60" stroke-width="11"/>${flooded ? `<path d="M420 440H816L776 664H376z" fill="#59625f" opacity=".5"/>` : ''}<g>${paint.leaves(flooded ? 36 : 74, 380, 440, 830, 690)}${paint.leaves(20, 120, 380, 1100, 840)}</g>`;
}

function cracked(paint: Paint, raised: boolean): string {
  const lift = raised
    ? `<path d="M452 452H748L842 594H358z" fill="#16140f" opacity=".75"/><path d="M462 418H752L838 566H366z" fill="#b6b1a3"/><path d="M366 566H838L842 596H356z" fill="#5c574b"/><path d="M462 418H752L838 566H366z" fill="#b6b1a3" filter="${paint.rough('#d8d3c5', '.1 .17', 2.4, 56)}" opacity=".7"/>`
    : `<g filter="${paint.frayed(20, 0.03)}"><path d="M452 452H748L842 594H358z" fill="#4a4437"/><path d="M470 466H742L812 580H386z" fill="#2d2920"/></g><path d="M468 470l120-8 34 60-96 40-130 8zM650 470l84 0 56 94-110-18zM560 570l84-20 70 30-160 4z" fill="#9a9587"/>`;
  return `${lift}<g filter="${paint.frayed(16, 0.05)}" fill="none" stroke="#2b2822"><path d="M${raised ? '520 420l40 60-24 40 60 46' : '360 596l-60 90 30 60-80 110'}" stroke-width="7"/><path d="M842 594l90 64-20 60 100 90M748 452l80-52 90-10" stroke-width="6"/></g>${paint.leaves(7, 120, 300, 1100, 850)}`;
}

function mess(paint: Paint): string {
  const [x, y] = [paint.between(540, 660), paint.between(560, 620)];
  const brown = paint.glow([[0, '#7a5330'], [0.7, '#50351c'], [1, '#2e1e10']]); // prettier-ignore
  return `${paint.shadow(x + 12, y + 40, 130, 40, 0.6)}<g filter="${paint.frayed(9, 0.05)}"><ellipse cx="${x}" cy="${y + 22}" rx="92" ry="33" fill="${brown}"/><ellipse cx="${x + 10}" cy="${y - 4}" rx="66" ry="28" fill="${brown}"/><ellipse cx="${x - 2}" cy="${y - 28}" rx="38" ry="21" fill="${brown}"/><path d="M${x - 44} ${y + 10}q40-16 90-6M${x - 22} ${y - 16}q24-10 50-2" stroke="#b08a5c" stroke-width="6" opacity=".45" fill="none" stroke-linecap="round"/></g>${paint.leaves(9, 100, 280, 1120, 860)}`;
}

function crossing(paint: Paint): string {
  const stripes = Array.from({ length: 6 }, (_, i) => {
    const x = 40 + i * 205;
    return `M${x + 80} 420l96-14L${x + 150} 900H${x - 10}z`;
  }).join('');
  const holes = Array.from({ length: 90 }, () => {
    const [x, y] = [paint.between(0, 1200), paint.between(400, 900)];
    return `<ellipse cx="${x}" cy="${y}" rx="${paint.between(8, 46)}" ry="${paint.between(5, 24)}"/>`;
  }).join('');
  return `<g filter="${paint.frayed(34, 0.05)}"><path d="${stripes}" fill="#d9d8d0" opacity=".62"/><g fill="#73767a" opacity=".75">${holes}</g></g><path d="M-20 640q600-60 1240-30M-20 760q600-50 1240-20" stroke="#3d3f40" stroke-width="70" opacity=".3" fill="none" filter="${paint.blurred(18)}"/>`;
}

function manhole(paint: Paint): string {
  const studs = Array.from({ length: 7 }, (_, row) =>
    Array.from(
      { length: 9 },
      (__, column) =>
        `<rect x="${430 + column * 40 + (row % 2) * 18}" y="${502 + row * 30}" width="20" height="12"/>`,
    ).join(''),
  ).join('');
  return `<g filter="${paint.frayed(34, 0.03)}"><ellipse cx="610" cy="600" rx="292" ry="182" fill="#2a2928" opacity=".85"/></g>${paint.shadow(610, 610, 280, 170, 0.7)}<ellipse cx="610" cy="612" rx="230" ry="140" fill="#191817"/><ellipse cx="610" cy="600" rx="224" ry="134" fill="${paint.fade([[0, '#6b5f54'], [1, '#3b342e']])}"/><ellipse cx="610" cy="600" rx="200" ry="117" fill="none" stroke="#2a2521" stroke-width="8"/><g fill="#857868" opacity=".6">${studs}</g><g filter="${paint.frayed(18, 0.05)}" stroke="#1f1e1d" stroke-width="8" fill="none"><path d="M330 560 180 500 90 520M880 660l150 40 80 60M500 770l-60 110"/></g>`; // prettier-ignore
}

function puddle(paint: Paint): string {
  const sky = paint.fade([[0, paint.light.sky[0]], [0.5, paint.light.sky[1]], [1, '#5d6c72']]); // prettier-ignore
  return `<g filter="${paint.frayed(60, 0.012)}"><path d="M-40 372C300 300 900 236 1240 200V700C1040 800 820 750 640 800 400 850 200 760-40 800z" fill="#3d4244" opacity=".7"/><path d="M-40 392C300 322 900 256 1240 220V670C1040 760 820 712 640 760 400 806 200 720-40 760z" fill="${sky}" opacity=".9"/></g><g fill="none" stroke="#f4f8f8" opacity=".4"><path d="M160 560q140-30 300-10M620 470q160-30 330-10M300 670q90-14 170 0M780 620q110-20 220 0" stroke-width="4"/><ellipse cx="520" cy="610" rx="70" ry="18" stroke-width="3"/><ellipse cx="520" cy="610" rx="120" ry="32" stroke-width="2"/></g>${paint.leaves(12, 60, 420, 1140, 740)}`;
}

function weeds(paint: Paint): string {
  const tuft = (x: number, y: number, size: number) =>
    Array.from({ length: 13 }, (_, i) => {
      const lean = (i - 6) * 0.16 + paint.between(-0.1, 0.1);
      const height = size * paint.between(0.6, 1.2);
      return `<path d="M${x + (i - 6) * 3} ${y}q${(lean * height * 0.3).toFixed(0)}-${(height * 0.7).toFixed(0)} ${(lean * height).toFixed(0)}-${height.toFixed(0)}q${(-lean * height * 0.4 + 8).toFixed(0)} ${(height * 0.5).toFixed(0)} ${(-lean * height + 10).toFixed(0)} ${height.toFixed(0)}z" fill="${paint.pick(['#4f7a35', '#6b9440', '#3d6130', '#86a552'])}"/>`;
    }).join('');
  const spots: [number, number, number][] = [[560, 350, 40], [306, 452, 56], [820, 456, 64], [600, 594, 96], [352, 600, 70], [980, 600, 84], [190, 775, 130], [742, 780, 150], [902, 778, 90]]; // prettier-ignore
  return spots
    .map(([x, y, size]) => paint.shadow(x + 10, y, size * 0.5, size * 0.14, 0.5) + tuft(x, y, size))
    .join('');
}

function litter(paint: Paint): string {
  const can = (x: number, y: number, turn: number, color: string) =>
    `<g transform="translate(${x} ${y}) rotate(${turn})">${paint.shadow(0, 34, 92, 22, 0.5)}<rect x="-70" y="-32" width="140" height="64" rx="10" fill="${color}"/><rect x="-70" y="-32" width="140" height="20" rx="9" fill="#fff" opacity=".35"/><ellipse cx="70" cy="0" rx="13" ry="32" fill="#c9ccce"/><path d="M-40-32v64M30-32v64" stroke="#fff" stroke-width="6" opacity=".6"/></g>`;
  const bag = (x: number, y: number) =>
    `${paint.shadow(x, y + 46, 130, 30, 0.5)}<g filter="${paint.frayed(26, 0.03)}"><path d="M${x - 110} ${y + 44}q10-90 90-100 40-50 80 10 70 20 60 90z" fill="#e9ebec"/><path d="M${x - 60} ${y + 30}q30-60 70-60M${x + 20} ${y + 30}q-6-40 20-60" stroke="#b5babd" stroke-width="7" fill="none"/></g>`;
  const box = (x: number, y: number) =>
    `${paint.shadow(x, y + 44, 130, 26, 0.5)}<path d="M${x - 100} ${y - 30}l180-22 26 76-184 24z" fill="#d9b45a"/><path d="M${x - 100} ${y - 30}l180-22-10-54-176 22z" fill="#f1e3bd"/><path d="M${x - 60} ${y}l120-14" stroke="#a33b2b" stroke-width="16"/>`;
  return `${bag(360, 470)}${can(760, 520, -18, '#b8322c')}${box(600, 700)}${can(260, 720, 24, '#2c6e58')}${can(960, 730, 70, '#35659c')}${paint.leaves(10, 100, 260, 1120, 860)}`;
}

const scene = (subject: string, kinds: string[], en: string, cy: string, draw: Scene['draw']): Scene => ({
  subject,
  kinds,
  alt: { en, cy },
  draw,
});

export const GROUND_SCENES: Scene[] = [
  scene('pothole', ['pothole', 'road'], 'A deep hole in the road by the kerb, half full of rain water', 'Twll dwfn yn y ffordd wrth ymyl y cwrbyn, yn hanner llawn o ddŵr glaw', (p) => road(p, { yellow: true }) + pothole(p, true) + p.leaves(6, 60, 300, 1140, 840)),
  scene('pothole-dry', ['pothole', 'road'], 'A wide pothole with loose stones round it', 'Twll llydan yn y ffordd gyda cherrig rhydd o’i gwmpas', (p) => road(p) + pothole(p, false)),
  scene('blocked-drain', ['drain', 'flooding'], 'A drain in the gutter covered with fallen leaves', 'Draen yn y gwter wedi’i orchuddio â dail', (p) => road(p) + drain(p, false)),
  scene('flooded-drain', ['drain', 'flooding'], 'Water standing over a blocked drain', 'Dŵr yn sefyll dros ddraen sydd wedi’i rwystro', (p) => road(p, { yellow: true }) + drain(p, true)),
  scene('broken-slab', ['pavement'], 'A paving slab broken into pieces', 'Slab palmant wedi torri’n ddarnau', (p) => paving(p) + cracked(p, false)),
  scene('raised-slab', ['pavement'], 'A paving slab that stands up at one edge, enough to trip on', 'Slab palmant ag un ymyl wedi codi, digon i faglu arno', (p) => paving(p) + cracked(p, true)),
  scene('dog-mess', ['dog_mess', 'street_cleaning'], 'Dog mess on the pavement', 'Baw ci ar y palmant', (p) => paving(p) + mess(p)),
  scene('faded-crossing', ['road_marking', 'road'], 'A zebra crossing whose stripes have nearly worn away', 'Croesfan sebra a’i streipiau bron â diflannu', (p) => road(p) + crossing(p)),
  scene('sunken-manhole', ['manhole', 'road'], 'A manhole cover that has sunk below the road', 'Clawr twll archwilio sydd wedi suddo yn is na’r ffordd', (p) => road(p) + manhole(p)),
  scene('road-puddle', ['flooding', 'drain'], 'A long puddle that covers half the road', 'Pwll hir o ddŵr sy’n gorchuddio hanner y ffordd', (p) => road(p) + puddle(p)),
  scene('weeds', ['weeds', 'pavement'], 'Tall weeds growing between the paving slabs', 'Chwyn tal yn tyfu rhwng slabiau’r palmant', (p) => paving(p) + weeds(p)),
  scene('litter', ['litter', 'street_cleaning'], 'Cans, a bag and a takeaway box left on the pavement', 'Caniau, bag a bocs tecawê wedi’u gadael ar y palmant', (p) => paving(p) + litter(p)),
]; // prettier-ignore
