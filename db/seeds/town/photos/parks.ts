// Pictures taken in the park and by the river.

import { park } from './backdrops.ts';
import type { Paint, Scene } from './kit.ts';

function branch(paint: Paint): string {
  const bark = paint.fade([[0, '#7a6248'], [0.5, '#5a4733'], [1, '#2c2118']]); // prettier-ignore
  const foliage = Array.from({ length: 60 }, () => {
    const [x, y] = [paint.between(560, 1150), paint.between(380, 720)];
    return `<ellipse transform="rotate(${paint.between(0, 180)} ${x} ${y})" cx="${x}" cy="${y}" rx="${paint.between(20, 52)}" ry="${paint.between(8, 20)}" fill="${paint.pick(['#5d7a38', '#7d8f3f', '#486330', '#a08a3a', '#6c5b2a'])}"/>`;
  }).join('');
  return `${paint.shadow(560, 700, 540, 70, 0.6)}<g filter="${paint.frayed(14, 0.05)}"><path d="M40 610 120 560C340 600 560 610 760 560L1060 440 1070 466 800 606C600 690 320 690 90 690z" fill="${bark}"/><path d="M40 610l80-50 10 60-40 70-20-20-10-30z" fill="#d3b184"/><path d="M420 612 560 470l40-70 20 14-44 90-90 126zM640 600l180 110 90 20-6 24-110-16-190-96zM700 570l110-170 24 10-80 170z" fill="#4c3a29"/><path d="M150 600q240 40 500-4M140 640q260 40 540-6" stroke="#2a1f15" stroke-width="6" opacity=".5" fill="none"/></g>${foliage}${paint.leaves(24, 80, 620, 1140, 850)}`;
}

function floodedPath(paint: Paint): string {
  const water = paint.fade([[0, paint.light.sky[1]], [0.4, paint.light.sky[0]], [1, '#5a5c4a']]); // prettier-ignore
  return `<g filter="${paint.frayed(60, 0.012)}"><path d="M-20 560C240 520 380 500 640 512 860 520 1020 560 1240 540V760C980 820 720 790 460 812 260 826 120 790-20 800z" fill="${water}" opacity=".94"/></g><g fill="none" stroke="#fff" opacity=".4" stroke-width="4"><path d="M180 620q120-20 240 0M560 580q150-20 300 4M640 700q150-16 260 6M260 730q90-12 180 0"/></g><g opacity=".28"><path d="M120 560v120M1060 560v130" stroke="#2d3a24" stroke-width="46" filter="${paint.blurred(14)}"/></g><g transform="translate(930 500)"><path d="M-14 0h28v210h-28z" fill="#6b5233"/><path d="M-120 20H90l40 34-40 34h-210z" fill="#8a6c44"/><path d="M-96 54H60" stroke="#f1e8d4" stroke-width="12"/></g>${paint.leaves(14, 60, 560, 1140, 780)}`;
}

function bench(paint: Paint): string {
  const wood = paint.fade([[0, '#9a7048'], [1, '#5f4127']]); // prettier-ignore
  const plank = (y: number, left: number, right: number, height = 30) =>
    `<path d="M${left} ${y}H${right}v${height}H${left}z" fill="${wood}"/><path d="M${left + 10} ${y + 10}H${right - 20}M${left + 40} ${y + 20}H${right - 60}" stroke="#3d2917" stroke-width="3" opacity=".45"/>`;
  return `${paint.shadow(620, 770, 440, 50, 0.6)}<g fill="#23282a"><path d="M280 380h26l10 390h-36zM912 380h26l10 390h-36zM270 600h60v24h-60zM900 600h60v24h-60z"/></g>${plank(392, 240, 980)}${plank(440, 240, 520)}<path d="M520 440l36 6-20 24h-16zM716 444l20-4v30l-30-10z" fill="#c79a66"/>${plank(440, 736, 980)}${plank(488, 240, 980)}${plank(590, 230, 990, 26)}<g transform="rotate(17 640 640)">${plank(640, 420, 990, 26)}</g>${plank(626, 230, 470, 26)}<path d="M470 626l44 8-30 18h-14z" fill="#c79a66"/>${paint.leaves(16, 160, 700, 1100, 860)}`;
}

function swing(paint: Paint): string {
  return `<path d="M120 700C300 600 900 600 1090 700 1110 830 160 850 120 700z" fill="#3f4a4f"/><path d="M120 700C300 600 900 600 1090 700 1110 830 160 850 120 700z" fill="#444" filter="${paint.rough('#76858c', '.2 .4', 2.4, 54)}" opacity=".6"/><path d="M220 760 330 190M420 760 330 190M800 760 900 190M1010 760 900 190M320 196H912" stroke="#b3322a" stroke-width="24" stroke-linecap="round" fill="none"/><path d="M230 740 334 200M808 740 898 210" stroke="#fff" stroke-width="6" opacity=".25"/><path d="M450 200 440 620M560 200l10 420" stroke="#7e878b" stroke-width="7"/><path d="M424 616h162v22H424z" fill="#1b1d1f"/><path d="M690 200l-14 470M790 200v120" stroke="#7e878b" stroke-width="7"/>${paint.shadow(690, 748, 110, 18, 0.6)}<path d="M610 690l130 40-8 22-128-40z" fill="#1b1d1f"/><path d="M736 736q50-10 60 20" stroke="#7e878b" stroke-width="7" fill="none"/>${paint.leaves(10, 160, 680, 1060, 840)}`;
}

function railings(paint: Paint): string {
  const bars = Array.from({ length: 17 }, (_, i) => (i > 6 && i < 11 ? '' : `M${60 + i * 68} 330v330`)).join(
    '',
  );
  const bent = `M${60 + 7 * 68} 330q60 160 10 320M${60 + 8 * 68} 340q-70 180 30 330M${60 + 9 * 68} 420q80 120 40 250M${60 + 10 * 68} 330q-30 90 20 180`;
  return `<rect y="470" width="1200" height="170" fill="${paint.fade([[0, '#8fb9c6'], [1, '#4f7d8c']])}"/><path d="M60 520h200M420 500h260M800 540h240M200 590h220M640 580h180" stroke="#e3f0f3" stroke-width="4" opacity=".5"/><rect y="640" width="1200" height="260" fill="#9b968a"/><rect y="640" width="1200" height="260" fill="#999" filter="${paint.rough(paint.light.lamp, '.12 .3', 2.2, 54)}" opacity=".6"/><path d="M0 640H1200" stroke="#5c574c" stroke-width="10"/><path d="M0 350H520M740 350H1200M0 620H470M790 620H1200" stroke="#1e4236" stroke-width="20"/><path d="M520 350q80 20 70 110M740 350l-30 60" stroke="#1e4236" stroke-width="20" fill="none"/><path d="${bars}${bent}" stroke="#255243" stroke-width="13" fill="none"/>`; // prettier-ignore
}

const scene = (subject: string, kinds: string[], en: string, cy: string, draw: Scene['draw']): Scene => ({
  subject,
  kinds,
  alt: { en, cy },
  draw,
});

export const PARK_SCENES: Scene[] = [
  scene('fallen-branch', ['tree', 'path'], 'A big branch lying across the path', 'Cangen fawr yn gorwedd ar draws y llwybr', (p) => park(p) + branch(p)),
  scene('flooded-path', ['path', 'flooding'], 'The river path under water', 'Llwybr yr afon dan ddŵr', (p) => park(p) + floodedPath(p)),
  scene('broken-bench', ['bench', 'park'], 'A park bench with broken slats', 'Mainc parc ag estyll wedi torri', (p) => park(p, { path: false }) + bench(p)),
  scene('broken-swing', ['playground', 'park'], 'A swing hanging by one chain', 'Siglen yn hongian wrth un gadwyn', (p) => park(p, { path: false }) + swing(p)),
  scene('bent-railings', ['railings', 'street_furniture'], 'Bent and missing railings beside the river', 'Rheiliau wedi plygu ac ar goll wrth yr afon', (p) => park(p, { path: false }) + railings(p)),
]; // prettier-ignore
