/** One pin that a person puts where they mean: by dragging, by a press on the map, or with the arrow keys. */
import * as L from 'leaflet';
import { m } from '@folkmoot/words';
import { iconHref } from '../icons.ts';

export type Place = { lat: number; lon: number };

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Pin {
  private readonly map: L.Map;
  private readonly tell: (place: Place) => void;
  private marker: L.Marker | undefined;

  constructor(map: L.Map, tell: (place: Place) => void, describedby: string) {
    this.map = map;
    this.tell = tell;
    this.describedby = describedby;
    map.on('click', (event) => {
      this.put({ lat: event.latlng.lat, lon: event.latlng.lng });
      this.say();
    });
  }
  private readonly describedby: string;

  /** Puts the pin there, or takes it away. Tells nobody. */
  put(place: Place | null): void {
    if (!place) {
      this.marker?.remove();
      this.marker = undefined;
    } else if (this.marker) this.marker.setLatLng([place.lat, place.lon]);
    else this.marker = this.make(place);
  }

  private say(): void {
    const at = this.marker?.getLatLng();
    if (at) this.tell({ lat: at.lat, lon: at.lng });
  }

  private make({ lat, lon }: Place): L.Marker {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'mappin';
    button.setAttribute('aria-label', m.ui_map_pin());
    button.setAttribute('aria-describedby', this.describedby);
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('class', 'ic');
    drawing.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', iconHref('pin'));
    drawing.append(use);
    button.append(drawing);
    button.addEventListener('keydown', (event) => this.step(event));
    const icon = L.divIcon({ html: button, className: 'pinspot', iconSize: [0, 0] });
    const marker = L.marker([lat, lon], {
      icon,
      draggable: true,
      keyboard: false,
      autoPan: true,
      zIndexOffset: 1000,
    });
    marker.on('dragend', () => this.say());
    return marker.addTo(this.map);
  }

  private step(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (!arrow || !this.marker) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 60 : 8;
    const at = this.map.latLngToContainerPoint(this.marker.getLatLng()).add([arrow[0] * far, arrow[1] * far]);
    const place = this.map.containerPointToLatLng(at);
    this.marker.setLatLng(place);
    this.map.panInside(place, { padding: [50, 50], animate: false });
    this.say();
  }
}
