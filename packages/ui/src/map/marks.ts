/** Marks on the map are links: 44 pixels, a state's shape, a number, words for those who do not see it. */
import * as L from 'leaflet';
import { m } from '@folkmoot/words';
import { STATE_GROUPS, shapeHref } from '../icons.ts';
import type { StateGroup } from '../icons.ts';
import { gather, ringParts } from './cluster.ts';
import type { Spot } from './cluster.ts';

export type Mark = {
  id: string | number;
  lat: number;
  lon: number;
  group: StateGroup;
  /** "1. Deep hole in the road, being fixed" */
  label: string;
  href: string;
  /** The number it carries in the list beside the map. */
  number?: number;
  /** It came or changed just now: the lamp rings it. */
  fresh?: boolean;
  /** Many at one place, gathered by the server; `shares` says how many of each state. */
  count?: number;
  shares?: Partial<Record<StateGroup, number>>;
  /** Where to look closer, for such a mark: west, south, east, north. */
  bounds?: [number, number, number, number];
};

export type MarkOptions = {
  /** Gathers what would overlap. */
  cluster: boolean;
  /** Tells the page; `true` means that it has taken care, and the link is not followed. */
  onmark?: (mark: Mark) => boolean | undefined;
};

/** A mark is 44 pixels wide; nearer than this and one would cover the other. */
const REACH = 48;

type Placed = Mark & Spot;

function svg(group: StateGroup): SVGSVGElement {
  const NS = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(NS, 'svg');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(NS, 'use');
  use.setAttribute('href', shapeHref(group));
  drawing.append(use);
  return drawing;
}

function link(className: string, href: string, label: string): HTMLAnchorElement {
  const a = document.createElement('a');
  a.className = className;
  a.href = href;
  a.draggable = false;
  a.setAttribute('aria-label', label);
  return a;
}

export class Marks {
  private readonly map: L.Map;
  private readonly options: MarkOptions;
  private readonly layer: L.LayerGroup;
  private marks: Mark[] = [];
  private selected: string | number | null = null;
  private drawn = '';

  constructor(map: L.Map, options: MarkOptions) {
    this.map = map;
    this.options = options;
    this.layer = L.layerGroup().addTo(map);
    map.on('zoomend', () => this.draw());
  }

  set(marks: Mark[], selected: string | number | null): void {
    this.marks = marks;
    this.selected = selected;
    this.draw();
  }

  private placed(): Placed[] {
    const zoom = this.map.getZoom();
    return this.marks.map((mark) => {
      const { x, y } = this.map.project([mark.lat, mark.lon], zoom);
      return { ...mark, x, y, count: mark.count ?? 1 };
    });
  }

  private draw(): void {
    const groups = gather(this.placed(), this.options.cluster ? REACH : 0.001);
    const sketch = JSON.stringify([
      groups.map((one) => one.members.map(({ id, group, number, fresh }) => [id, group, number, fresh])),
      this.selected,
    ]);
    if (sketch === this.drawn) return;
    this.drawn = sketch;
    // The focus must not fall off the map because a number changed.
    const focused = document.activeElement?.closest<HTMLElement>('[data-mark]')?.dataset.mark;
    this.layer.clearLayers();
    for (const { members, count } of groups) {
      const one = members[0]!;
      if (members.length === 1 && count === 1) this.place(one, this.single(one));
      else this.place(one, this.many(members, count));
    }
    if (focused)
      this.map
        .getContainer()
        .querySelector<HTMLElement>(`[data-mark="${CSS.escape(focused)}"]`)
        ?.focus();
  }

  private place(mark: Mark, a: HTMLAnchorElement): void {
    a.dataset.mark = String(mark.id);
    const icon = L.divIcon({ html: a, className: 'markspot', iconSize: [0, 0] });
    // The link itself takes the focus and the press; Leaflet's own would be a button round a link.
    L.marker([mark.lat, mark.lon], { icon, keyboard: false, interactive: false }).addTo(this.layer);
    a.addEventListener('focus', () => {
      if (a.matches(':focus-visible')) this.map.panInside([mark.lat, mark.lon], { padding: [60, 60] });
    });
  }

  private single(mark: Mark): HTMLAnchorElement {
    const on = mark.id === this.selected;
    const state = `${on ? ' on' : ''}${mark.fresh ? ' came' : ''}`;
    const a = link(`mark st-${mark.group}${state}`, mark.href, mark.label);
    if (on) a.setAttribute('aria-current', 'true');
    a.append(svg(mark.group));
    if (mark.number !== undefined) {
      const b = document.createElement('b');
      b.textContent = String(mark.number);
      a.append(b);
    } else a.classList.add('glyph');
    a.addEventListener('click', (event) => this.press(event, mark));
    return a;
  }

  private many(members: Placed[], count: number): HTMLAnchorElement {
    const shares: Partial<Record<StateGroup, number>> = {};
    for (const member of members)
      for (const [group, n] of Object.entries(member.shares ?? { [member.group]: member.count }))
        shares[group as StateGroup] = (shares[group as StateGroup] ?? 0) + n;
    const single = members.length === 1 ? members[0]! : undefined;
    const fresh = members.some((member) => member.fresh);
    const a = link(
      `mark many${fresh ? ' came' : ''}`,
      single?.href ?? members[0]!.href,
      single?.label ?? m.ui_map_many({ count }),
    );
    a.style.setProperty('--parts', ringParts(shares, STATE_GROUPS));
    const b = document.createElement('b');
    b.textContent = count > 999 ? `${Math.floor(count / 1000)}k` : String(count);
    a.append(b);
    a.addEventListener('click', (event) => {
      if (this.passed(event)) return;
      event.preventDefault();
      this.closer(members, single);
    });
    return a;
  }

  /** Goes as near as shows them apart. */
  private closer(members: Placed[], single: Placed | undefined): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (single?.bounds) {
      const [west, south, east, north] = single.bounds;
      this.map.fitBounds(
        [
          [south, west],
          [north, east],
        ],
        { padding: [40, 40], animate: !still },
      );
      return;
    }
    const bounds = L.latLngBounds(members.map(({ lat, lon }) => [lat, lon] as [number, number]));
    const near = this.map.getBoundsZoom(bounds, false, L.point(60, 60));
    this.map.setView(
      bounds.getCenter(),
      Math.max(this.map.getZoom() + 1, Math.min(near, this.map.getMaxZoom())),
      { animate: !still },
    );
  }

  /** A press that belongs to someone else: the end of a drag, or a wish for a new tab. */
  private passed(event: MouseEvent): boolean {
    event.stopPropagation();
    const dragging = this.map.dragging as L.Handler & { moved(): boolean };
    if (dragging.moved()) {
      event.preventDefault();
      return true;
    }
    return event.ctrlKey || event.metaKey || event.shiftKey;
  }

  private press(event: MouseEvent, mark: Mark): void {
    if (this.passed(event)) return;
    if (this.options.onmark?.(mark) === true) event.preventDefault();
  }
}
