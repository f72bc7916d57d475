/**
 * A photo that somebody sent, made safe: what it is is told by its bytes, its size is bounded before it is unfolded,
 * and what is kept is drawn anew, so that nothing of the original file (place, camera, hidden words) goes with it.
 */
import exifr from 'exifr';
import sharp from 'sharp';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { sha256 } from '../kit/secrets.ts';

export const PHOTO_BYTES = 12 * 1024 * 1024;
const PIXELS = 50_000_000;
export const PHOTO_WIDTHS = [320, 640, 1280] as const;
const LARGEST = 1280;
const SECONDS = 20;

// a cache would keep strangers' pictures in memory; two run at once already, so each keeps to one core
sharp.cache(false);
sharp.concurrency(1);

export type PhotoKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';
export type CleanPhoto = {
  hash: string;
  width: number;
  height: number;
  /** where it was taken, WGS84; stripped from the picture itself */
  at: { lon: number; lat: number } | null;
  files: Array<{ width: number; content: Buffer }>;
};

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

/** What the first bytes say it is; a name or a declared type says nothing. */
export function sniffPhoto(bytes: Buffer): PhotoKind | null {
  if (bytes.length < 16) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) !== 'ftyp') return null;
  const brand = ascii(bytes, 8, 12);
  if (brand === 'avif' || brand === 'avis') return 'avif';
  return ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'].includes(brand) ? 'heic' : null;
}

const FORMAT: Record<PhotoKind, string> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'heif',
  heic: 'heif',
};

async function whereTaken(bytes: Buffer): Promise<CleanPhoto['at']> {
  try {
    const found = (await exifr.gps(bytes)) as { latitude?: number; longitude?: number } | undefined;
    const { latitude: lat, longitude: lon } = found ?? {};
    if (lat === undefined || lon === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) return null;
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
  } catch {
    // broken notes about the place are no reason to refuse the picture
    return null;
  }
}

const open = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });

async function measure(bytes: Buffer, kind: PhotoKind): Promise<void> {
  const told = await sharp(bytes, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch(() => null);
  // some phones write a format that only their maker's own programs can open
  if (!told || told.format !== FORMAT[kind] || (told.format === 'heif' && told.compression !== 'av1'))
    throw new Refused(kind === 'heic' ? 'phone_format' : 'broken_photo', 415);
  if (told.width * told.height > PIXELS) throw new Refused('too_many_pixels', 413);
}

/** @throws Refused too_large, not_a_photo, phone_format, broken_photo, too_many_pixels */
export async function checkPhoto(bytes: Buffer): Promise<void> {
  if (bytes.length > PHOTO_BYTES) throw new Refused('too_large', 413);
  const kind = sniffPhoto(bytes);
  if (!kind) throw new Refused('not_a_photo', 415);
  await measure(bytes, kind);
}

/**
 * Draws a photo anew in the widths we keep, upright, without anything it carried.
 * @throws Refused not_a_photo, phone_format, broken_photo, too_large, too_many_pixels
 */
export async function cleanPhoto(bytes: Buffer): Promise<CleanPhoto> {
  await checkPhoto(bytes);
  const at = await whereTaken(bytes);
  try {
    const whole = await open(bytes)
      .autoOrient()
      .toColourspace('srgb')
      .resize({ width: LARGEST, height: LARGEST * 2, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: SECONDS })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = whole.info;
    const files: CleanPhoto['files'] = [];
    for (const wide of PHOTO_WIDTHS) {
      const content = await sharp(whole.data, { raw: { width, height, channels } })
        .resize({ width: wide, withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: SECONDS })
        .toBuffer();
      files.push({ width: wide, content });
    }
    return { hash: sha256(files.at(-1)!.content), width, height, at, files };
  } catch {
    throw new Refused('broken_photo', 415);
  }
}

/** Keeps its files under the hash of the largest: the same photo twice is kept once. */
export async function keepPhoto(house: House, photo: CleanPhoto): Promise<void> {
  for (const { width, content } of photo.files)
    await house.files.keep(`${photo.hash}-${width}.webp`, content);
}

/** At most `most` at once, at most `waiting` in the queue: the machine stays alive whatever is sent. */
export function slotsOf(most: number, waiting: number) {
  let busy = 0;
  const queue: Array<() => void> = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= most) {
      if (queue.length >= waiting) throw new Refused('busy', 503);
      // the slot is handed over, never given up between two
      await new Promise<void>((go) => queue.push(go));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
