// Names for the grown streets: trades in the Old Town, the river at Weirside, abbots in Abbey, trees by
// the woods, Welsh names among the English ones all over, as in any border town. No name comes twice.

import { distance, lengthOf, stream } from './geometry.ts';
import type { Point } from './geometry.ts';
import type { Road } from './growth.ts';

const words = (list: string) => list.split(',').map((word) => word.trim());

const WHOLE: Record<string, string[]> = {
  AB01: words(
    'Church Street, Bell Lane, Salt Lane, Corn Hill, Swan Hill, Fish Street, Wool Street, Cutlers’ Lane, Glovers’ Row, Shoemakers’ Row, Bakehouse Lane, Candle Lane, Fleece Yard, Cloth Hall Lane, Dyers’ Lane, Friars’ Lane, Golden Lion Passage, Pound Lane, Beast Market, Back Lane, Potters’ Row, St Any’s Place, Moat Lane, Postern Lane, Saddlers’ Row, Milk Street, Butter Cross, Coopers’ Yard, Bear Lane, White Hart Passage, Guildhall Street, Old Gaol Lane, Chandlers’ Row, Drapers’ Lane, Weavers’ Row, Tolsey Lane, Chapel Street, Plough Lane, Love Lane, Pepper Alley, Stile Lane, Barbican Road, Heol y Farchnad, Knapp Lane, Honey Lane, Vine Street, Gate Street, Malt Street, Barley Lane, Bowling Alley, Cross Keys Lane, Hide Market, Sheep Street, Needlers’ Row, Ostlers’ Yard, Tallow Lane, Rope Walk',
  ),
  AB02: words(
    'Ferry Lane, Heol y Gored, Salmon Row, Fishermen’s Row, Coracle Way, Osier Lane, Kingfisher Close, Dipper Close, Heron Way, Boatmen’s Row, Sluice Road, Withy Lane, Weir Terrace, Elver Street, Otterbank',
  ),
  AB05: words('Common Road, Commoners’ Way, Drovers’ Lane, Goose Green Lane, Heol y Comin, Pinfold Lane, Furze Hill'),
  AB06: words('Marsh Lane, Sedge Lane, Lapwing Close, Curlew Close, Bulrush Way, Heol y Gors, Rush Lane, Snipe Close, Wharf Lane'),
  AB09: words('Railway Terrace, Engine Street, Signal Lane, Goods Yard Road, Siding Lane, Heol yr Orsaf, Brunel Street, Locomotive Row'),
  AB08: words('Kiln Street, Brick Lane, Clay Pits Road, Hod Lane, Potbank Lane, Heol y Caeau, Chimney Row, Tile Street'),
  AB10: words('Bark Street, Tanpits Lane, Hide Street, Oakbark Lane, Heol y Tanerdy, Limepit Lane, Leather Street'),
}; // prettier-ignore

const BASES: Record<string, string[]> = {
  AB02: words('Brook, Alder, Willow, Bridge, Trout, Ferryman, Eel, Pool, Bank, Wherry, Lock, Reed'),
  AB03: words('Castle, Keep, Bailey, Tower, Mortimer, Marcher, Lacy, Constable, Knight, Falcon, Shield, Glyndŵr, Rampart, Portcullis, Herald, Archer, Squire, Banner, Garrison, Motte'),
  AB04: words('Abbot, Cloister, Cowl, Chapter, Vespers, Compline, Bernard, Grange, Dovecote, Almoner, Sacristan, Orchard, Walnut, Mulberry, Quince, Medlar, Refectory, Infirmary, Cellarer, Psalter, Lantern'),
  AB05: words('Gorse, Heather, Broom, Bracken, Skylark, Linnet, Harebell, Cowslip, Clover, Plover, Meadow, Barn, Sheepwash, Shepherd, Crook, Fold, Hayward, Hurdle, Thistle, Foxglove, Yarrow, Campion, Sorrel, Teasel, Burnet, Speedwell'),
  AB06: words('Fen, Teal, Mallard, Bittern, Iris, Moorhen, Dragonfly, Kingcup, Duckmoor, Levels, Rhyne, Watermead, Sallow'),
  AB07: words('Victoria, Albert, Gladstone, Nelson, Alma, Balaclava, Wellington, Clarence, Gordon, Havelock, Trafalgar, Cromwell, Stanley, Russell, Cobden, Bright, Peel, Grey, Melbourne, Palmerston, Disraeli, Chartist, Frost, Vincent, Williams, Lovett'),
  AB08: words('Stafford, Rowan, Hazel, Jubilee, Coronation, Attlee, Bevan, Keir Hardie, Lansbury, Mafeking, Mason, Quarry, Sandpit, Hollow, Colliery, Forge, Anvil, Hammer, Furnace, Foundry, Bellows, Smelter'),
  AB09: words('Paddington, Junction, Platform, Stephenson, Telford, Cambrian, Western, Midland, Great Western, Caledonia, Watt, Trevithick, Viaduct, Cutting, Pullman, Semaphore, Carriage, Porter'),
  AB10: words('Hawthorn, Elder, Ash, Beech, Oak, Hornbeam, Maple, Lime, Sycamore, Chestnut, Poplar, Larch, Cedar, Spruce, Yew, Aspen, Wych Elm'),
  AB11: words('Priory, Prior, St David, St Illtyd, St Cadoc, St Teilo, St Brynach, St Non, St Dyfrig, St Gwladys, Pilgrim, Chantry, Bishop, Canon, Deacon, Vicarage, Rectory, Steeple, Glebe, Tithe, Lychgate, Trinity, Gallows Hill, Hilltop, Belvedere, Prospect'),
  AB12: words('Bluebell, Primrose, Foxhole, Squirrel, Badger, Woodpecker, Nuthatch, Jay, Owl, Holly, Ivy, Fern, Coppice, Charcoal, Woodman, Acorn, Cuckoo, Nightingale, Anemone, Dormouse'),
  spare: words('Elgar, Vaughan, Traherne, Kilvert, Herbert, Parry, Hughes, Powell, Morgan, Cadwgan, Llewelyn, Hywel, Owain, Gwenllian, Nest, Siwan, Hereward, Tudor, Raglan, Usk, Monnow, Lugg, Teme, Severn, Wye, Honddu, Sugar Loaf, Skirrid, Blorenge, Hay, Summer, Winter, Harvest, Windmill, Beacon, Sunny, Fairfield, Westfield, Northfield, Eastfield, Newlands, Croft, Paddock, Manor, Hall, Park, Spring, Well, Pump, Laburnum, Lilac, Magnolia, Jasmine, Lavender, Rosemary, Saffron, Damson, Pearmain, Bramley, Pippin, Perry, Cider, Russet, Hop, Garland, Queen, King, Prince, Duke, Alexandra, Beatrice, Edith, Florence, Nightjar, Swift, Swallow, Martin, Wren, Robin, Finch, Thrush, Blackbird, Kestrel, Merlin, Peregrine'),
}; // prettier-ignore

const WELSH = words(
  'Maes y Coed, Heol Las, Ffordd yr Ysgol, Lôn y Felin, Cae Glas, Maes yr Haf, Heol Newydd, Bryn Awel, Tŷ Gwyn Road, Ffordd y Bryn, Min y Nant, Heol Isaf, Rhodfa’r Gog, Clos y Wennol, Maes Derwen, Lôn Hir, Pen y Bryn, Heol y Berllan, Clos yr Onnen, Glan Any, Gwaun Road, Heol Fach, Llys y Castell, Maes Gwyn, Erw Goch, Cwrt y Cadno, Heol y Dderwen, Clos Mair, Cefn Road, Parc Terrace, Lôn y Gof, Heol y Capel, Maes y Ffynnon, Rhiw Road, Nant y Garth',
);

const LONG = ['Road', 'Street', 'Avenue', 'Road', 'Drive', 'Street', 'Way'];
const BENDY = ['Crescent', 'Drive', 'Avenue', 'Road', 'Rise'];
const SHORT = ['Terrace', 'Street', 'Place', 'Grove', 'Gardens'];
const DEAD_END = ['Close', 'Gardens', 'Close', 'Court', 'Place', 'Grove'];

function ending(road: Road, pick: <T>(list: readonly T[]) => T): string {
  const length = lengthOf(road.line);
  const ends = distance(road.line[0]!, road.line[road.line.length - 1]!);
  if (!road.through && length < 260) return pick(DEAD_END);
  if (ends / length < 0.96) return pick(BENDY);
  return pick(length > 230 ? LONG : SHORT);
}

/** A name for every road, in their order; old roads keep theirs. */
export function nameRoads(roads: Road[], wardOf: (p: Point) => string): string[] {
  const chance = stream(1851);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const used = new Set(roads.map((road) => road.name));
  const take = (list: string[] | undefined): string | null => {
    const left = (list ?? []).filter((word) => !used.has(word));
    if (!left.length) return null;
    const word = pick(left);
    used.add(word);
    return word;
  };
  return roads.map((road) => {
    if (road.name) return road.name;
    const ward = wardOf(road.line[Math.floor(road.line.length / 2)]!);
    const whole = (chance() < 0.6 || ward === 'AB01') && take(WHOLE[ward]);
    if (whole) return whole;
    const welsh = chance() < 0.12 && take(WELSH);
    if (welsh) return welsh;
    const base = take(BASES[ward]) ?? take(BASES['spare']) ?? take(WELSH);
    if (!base) throw new Error('More streets than names: add some to naming.ts');
    const name = `${base} ${ending(road, pick)}`;
    if (used.has(name)) return `Upper ${name}`;
    used.add(name);
    return name;
  });
}
