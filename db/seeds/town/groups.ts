// Community groups of Anybridge that can run tasks, petitions and meetings of their own.

import type { Name } from './types.ts';

export interface Group {
  /** For addresses: `friends-of-weir-fields`. */
  slug: string;
  name: Name;
  about: Name;
  /** The ward's code they are at home in. */
  ward: string;
}

const group = (slug: string, ward: string, name: [string, string], about: [string, string]): Group => ({
  slug,
  ward,
  name: { en: name[0], cy: name[1] },
  about: { en: about[0], cy: about[1] },
});

export const GROUPS: Group[] = [
  group('friends-of-weir-fields', 'AB02', ['Friends of Weir Fields', 'Cyfeillion Caeau’r Gored'], ['We plant, mow and pick up in the fields by the weir.', 'Rydym yn plannu, yn torri gwair ac yn casglu sbwriel yn y caeau ger y gored.']),
  group('mill-leat-trust', 'AB01', ['Mill Leat Trust', 'Ymddiriedolaeth Ffrwd y Felin'], ['We keep the old mill stream clear and running.', 'Rydym yn cadw hen ffrwd y felin yn glir ac yn llifo.']),
  group('castle-meadow-gardeners', 'AB01', ['Castle Meadow Gardeners', 'Garddwyr Dôl y Castell'], ['Gardening together on Thursdays.', 'Garddio gyda’n gilydd ar ddydd Iau.']),
  group('abbey-food-share', 'AB04', ['Abbey Food Share', 'Rhannu Bwyd yr Abaty'], ['Good food that would be wasted, shared at the Abbey hall.', 'Bwyd da a fyddai’n cael ei wastraffu, wedi’i rannu yn neuadd yr Abaty.']),
  group('long-common-commoners', 'AB05', ['Long Common Commoners', 'Cominwyr y Comin Hir'], ['Looking after the common since 1612.', 'Gofalu am y comin ers 1612.']),
  group('marsh-end-flood-wardens', 'AB06', ['Marsh End Flood Wardens', 'Wardeiniaid Llifogydd Pen-y-gors'], ['Neighbours who watch the river and knock on doors.', 'Cymdogion sy’n gwylio’r afon ac yn curo ar ddrysau.']),
  group('southgate-youth', 'AB07', ['Southgate Youth', 'Ieuenctid Porth y De'], ['A youth club run with the young people themselves.', 'Clwb ieuenctid sy’n cael ei redeg gyda’r bobl ifanc eu hunain.']),
  group('brickfields-shed', 'AB08', ['Brickfields Shed', 'Sied y Caeau Brics'], ['A workshop where people mend things and meet.', 'Gweithdy lle mae pobl yn trwsio pethau ac yn cwrdd.']),
  group('polish-centre', 'AB09', ['Anybridge Polish Centre', 'Canolfan Bwylaidd Pontany'], ['Saturday school, library and kitchen.', 'Ysgol Sadwrn, llyfrgell a chegin.']),
  group('anybridge-mosque', 'AB09', ['Anybridge Mosque', 'Mosg Pontany'], ['Prayer, classes and a weekly open kitchen.', 'Gweddi, dosbarthiadau a chegin agored bob wythnos.']),
  group('tannery-arts', 'AB10', ['Tannery Arts', 'Celfyddydau’r Tanerdy'], ['Studios and shows in the old tannery.', 'Stiwdios a sioeau yn yr hen danerdy.']),
  group('menter-iaith-pontany', 'AB11', ['Menter Iaith Pontany', 'Menter Iaith Pontany'], ['Welsh in the everyday life of the town.', 'Y Gymraeg ym mywyd bob dydd y dref.']),
  group('hanging-wood-ramblers', 'AB12', ['Hanging Wood Ramblers', 'Cerddwyr Coed-y-llethr'], ['Walks every other Sunday, and paths kept open.', 'Teithiau cerdded bob yn ail ddydd Sul, a llwybrau’n cael eu cadw ar agor.']),
  group('any-wheels', 'AB03', ['Any Wheels', 'Olwynion Any'], ['Cycling and wheelchair users for better streets.', 'Beicwyr a defnyddwyr cadeiriau olwyn dros strydoedd gwell.']),
]; // prettier-ignore
