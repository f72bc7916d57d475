/** The painted base map as a Leaflet layer: one canvas a little larger than the window, painted when it rests. */
import * as L from 'leaflet';
import type { Part, View } from './base.ts';
import { ROLES, paint } from './paint.ts';
import type { Colours, Look } from './paint.ts';

/** How far the painting reaches beyond the window on each side, so that a short move shows no bare edge. */
const PAD = 0.3;

/** The colours and faces that hold here and now. Custom properties are resolved by painting a probe with them. */
export function readLook(where: HTMLElement): Look {
  const probe = document.createElement('span');
  where.append(probe);
  const style = getComputedStyle(probe);
  const colours = {} as Colours;
  for (const role of ROLES) {
    probe.style.color = `var(--${role})`;
    colours[role] = style.color;
  }
  const face = (name: string) => style.getPropertyValue(name) || 'sans-serif';
  const faces = { text: face('--face-text'), display: face('--face-display') };
  probe.remove();
  return { colours, faces };
}

export type PaintedOptions = { ward?: string; language: string };

export class PaintedLayer extends L.Layer {
  private readonly parts: Part[];
  private readonly paintOptions: PaintedOptions;
  private canvas: HTMLCanvasElement | undefined;
  private map: L.Map | undefined;
  private centre: L.LatLng | undefined;
  private zoom = 0;
  private look: Look | undefined;

  constructor(parts: Part[], options: PaintedOptions) {
    super();
    this.parts = parts;
    this.paintOptions = options;
  }

  override getEvents() {
    return {
      moveend: () => this.repaint(),
      resize: () => this.repaint(),
      viewreset: () => this.repaint(),
      zoomanim: (event: L.LeafletEvent) => this.follow(event as L.ZoomAnimEvent),
    };
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    // A pane of its own: the filter that tones down foreign tiles must not touch our colours.
    const pane = map.getPane('painted') ?? map.createPane('painted');
    pane.style.zIndex = '150';
    this.canvas = L.DomUtil.create('canvas', 'painted leaflet-zoom-animated', pane);
    this.canvas.setAttribute('aria-hidden', 'true');
    this.repaint();
    return this;
  }

  override onRemove(): this {
    this.canvas?.remove();
    this.canvas = undefined;
    return this;
  }

  /** Reads the colours again and paints: night fell, or the letters arrived. */
  relook(): void {
    this.look = undefined;
    this.repaint();
  }

  private repaint(): void {
    const { map, canvas } = this;
    if (!map || !canvas) return;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const pad = size.multiplyBy(PAD).round();
    const whole = size.add(pad.multiplyBy(2));
    const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = whole.x * sharp;
    canvas.height = whole.y * sharp;
    canvas.style.width = `${whole.x}px`;
    canvas.style.height = `${whole.y}px`;
    L.DomUtil.setTransform(canvas, corner, 1);
    this.zoom = map.getZoom();
    this.centre = map.getCenter();
    const origin = map.getPixelOrigin().add(corner);
    const view: View = {
      left: origin.x,
      top: origin.y,
      width: whole.x,
      height: whole.y,
      zoom: this.zoom,
      scale: 256 * 2 ** this.zoom,
    };
    const context = canvas.getContext('2d');
    if (!context) return;
    context.scale(sharp, sharp);
    this.look ??= readLook(map.getContainer());
    paint(context, this.parts, view, { look: this.look, ...this.paintOptions });
  }

  /** Grows or shrinks the old painting with the zoom, until the new one is there. */
  private follow({ center, zoom }: L.ZoomAnimEvent): void {
    const { map, canvas, centre } = this;
    if (!map || !canvas || !centre) return;
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5 + PAD);
    const pane = L.DomUtil.getPosition(map.getPane('mapPane')!);
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    // The pane is already moved by `pane`; what is drawn in it is placed relative to that.
    const corner = map.project(centre, zoom).subtract(half.multiplyBy(scale)).subtract(origin);
    L.DomUtil.setTransform(canvas, corner, scale);
  }
}
