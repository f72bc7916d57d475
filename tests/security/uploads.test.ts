import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { m } from '@folkmoot/words';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPetitionRow } from '../petitions/rows.ts';

type Hostile = { what: string; content: Buffer; name?: string; type?: string; says: string };

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#556' }, limitInputPixels: false });
const text = (words: string) => Buffer.from(words.padEnd(64, ' '));

/** A PNG written by hand: whatever its header claims, with these bytes as its picture. */
function png(width: number, height: number, idat: Buffer): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', idat),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** 60 MB of noise that no packer makes small. */
function noise(bytes: number, start: Buffer): Buffer {
  const all = Buffer.alloc(bytes);
  for (let i = 0, x = 1; i + 4 <= bytes; i += 4) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    all.writeUInt32LE(x, i);
  }
  start.copy(all);
  return all;
}

const box = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(4), text('mif1')]);

async function twentyHostile(): Promise<Hostile[]> {
  const good = await flat(800, 600).jpeg().toBuffer();
  const webp = await flat(800, 600).webp().toBuffer();
  const jpegMagic = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const script = text('<script>alert(document.cookie)</script>');
  const rows = deflateSync(Buffer.alloc(10_000 * 10_001), { level: 9 });
  const pngMagic = png(1, 1, Buffer.alloc(0)).subarray(0, 8);
  return [
    {
      what: 'a polyglot: JPEG in front, HTML behind',
      content: Buffer.concat([jpegMagic, script]),
      says: 'broken_photo',
    },
    { what: 'a polyglot: GIF and JavaScript', content: text('GIF89a=1;alert(1)//'), says: 'not_a_photo' },
    {
      what: 'a polyglot: PNG in front, an archive behind',
      content: Buffer.concat([pngMagic, text('PK\x03\x04')]),
      says: 'broken_photo',
    },
    {
      what: 'a PNG of 100 megapixels in 100 kB',
      content: png(10_000, 10_000, rows),
      says: 'too_many_pixels',
    },
    {
      what: 'a PNG that claims 3.6 gigapixels',
      content: png(60_000, 60_000, deflateSync(Buffer.alloc(99))),
      says: 'too_many_pixels',
    },
    {
      what: 'a JPEG of 64 megapixels',
      content: await flat(8_000, 8_000).jpeg({ quality: 10 }).toBuffer(),
      says: 'too_many_pixels',
    },
    { what: 'a PNG whose picture is rubbish', content: png(400, 400, text('rubbish')), says: 'broken_photo' },
    {
      what: 'an SVG with a script',
      content: text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      name: 'drawing.svg',
      type: 'image/svg+xml',
      says: 'not_a_photo',
    },
    {
      what: 'an SVG that calls itself a JPEG',
      content: text('<?xml version="1.0"?><svg onload="alert(1)"/>'),
      says: 'not_a_photo',
    },
    {
      what: 'a truncated JPEG',
      content: good.subarray(0, Math.floor(good.length / 2)),
      says: 'broken_photo',
    },
    { what: 'a truncated WebP', content: webp.subarray(0, 40), says: 'broken_photo' },
    {
      what: 'a PDF with a wrong extension',
      content: text('%PDF-1.7 /OpenAction'),
      name: 'hole.jpg',
      says: 'not_a_photo',
    },
    {
      what: 'a program with a wrong extension',
      content: text('\x7fELF\x02\x01\x01'),
      name: 'hole.png',
      says: 'not_a_photo',
    },
    {
      what: 'PostScript, which old converters run',
      content: text('%!PS (id) (r) file'),
      name: 'hole.jpeg',
      says: 'not_a_photo',
    },
    { what: 'a 60 MB file', content: noise(60 * 1024 * 1024, jpegMagic), says: 'too_large' },
    { what: 'a photo of 13 MB', content: noise(13 * 1024 * 1024, pngMagic), says: 'too_large' },
    { what: 'an empty file', content: Buffer.alloc(0), says: 'no_file' },
    {
      what: 'a TIFF, which has had many holes',
      content: await flat(50, 50).tiff().toBuffer(),
      says: 'not_a_photo',
    },
    {
      what: 'a phone’s HEIC that we cannot open',
      content: box('heic'),
      name: 'IMG_1.HEIC',
      says: 'phone_format',
    },
    {
      what: 'an AVIF with nothing in it, and a name that climbs',
      content: box('avif'),
      name: '../../etc/passwd',
      says: 'broken_photo',
    },
  ];
}

describe('Twenty hostile uploads', () => {
  let town: Town;
  let hostile: Hostile[];
  beforeAll(async () => {
    town = await openTown();
    hostile = await twentyHostile();
  });
  afterAll(() => town.close());

  const send = (
    caller: Caller,
    { content, name = 'hole.jpg', type = 'image/jpeg' }: Partial<Hostile>,
    accept = 'application/json',
    headers = {},
  ) => {
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(content!)], { type }), name);
    return caller.fetch('/api/v1/uploads?for=report-draft', {
      method: 'POST',
      body: form,
      headers: { accept, ...headers },
    });
  };
  /** every file on disk and every row about one */
  const kept = async () => {
    const { rows } = await town.sql.query('select count(*)::int as n from files');
    const dir = town.app.house.settings.dataDir;
    const files = existsSync(join(dir, 'files'))
      ? readdirSync(join(dir, 'files'), { recursive: true }).length
      : 0;
    const incoming = existsSync(join(dir, 'incoming')) ? readdirSync(join(dir, 'incoming')) : [];
    return { rows: rows[0].n as number, files, incoming };
  };

  it('are twenty', () => {
    expect(hostile).toHaveLength(20);
    expect(new Set(hostile.map((one) => one.what)).size).toBe(20);
  });

  it('are refused with words, one after the other, and nothing is kept', async () => {
    const before = await kept();
    const caller = town.visitor();
    for (const one of hostile) {
      const answer = await send(caller, one);
      const said = { what: one.what, code: ((await answer.json()) as { code?: string }).code };
      expect(said).toEqual({ what: one.what, code: one.says });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(Object.keys(m)).toContain(`reports_new_problem_${one.says}`);
    }
    expect(await kept()).toEqual(before);
    expect((await caller.call('readReportDraft', {}))?.photos ?? []).toEqual([]);
  });

  it('are refused all at once, too, and the server answers others meanwhile and afterwards', async () => {
    const before = await kept();
    const answers = hostile.map((one) => send(town.visitor(), one, 'text/html'));
    const alive = await town.visitor().call('readPlace', {});
    expect(alive.name.en).toBe('Anybridge');
    for (const [i, answer] of (await Promise.all(answers)).entries()) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/reports/new/photos?problem=${hostile[i]!.says}`);
    }
    expect(await kept()).toEqual(before);
    const fine = await send(town.visitor(), { content: await flat(800, 600).jpeg().toBuffer() });
    expect(fine.status).toBe(201);
  });

  it('loses what hides behind a real photo, and keeps the photo', async () => {
    const secret = '<script>alert("behind")</script>';
    const good = await flat(800, 600)
      .withExif({ IFD0: { Artist: 'somebody secret' } })
      .jpeg()
      .toBuffer();
    const answer = await send(town.visitor(), { content: Buffer.concat([good, Buffer.from(secret)]) });
    expect(answer.status).toBe(201);
    const { photos } = (await answer.json()) as { photos: Array<{ hash: string }> };
    const bytes = await sharp(town.app.house.files.pathOf(`${photos[0]!.hash}-1280.webp`)).metadata();
    expect(bytes).toMatchObject({ format: 'webp', width: 800 });
    const chunks: Buffer[] = [];
    for await (const chunk of town.app.house.files.read(`${photos[0]!.hash}-1280.webp`))
      chunks.push(chunk as Buffer);
    const all = Buffer.concat(chunks).toString('latin1');
    expect(all).not.toContain('behind');
    expect(all).not.toContain('secret');
  });

  it('take no more than three photos a draft, whoever asks at once', async () => {
    const caller = town.visitor();
    await caller.call('startReportDraft', { body: {} });
    const shots = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        flat(200 + n, 200)
          .png()
          .toBuffer(),
      ),
    );
    const answers = await Promise.all(shots.map((content) => send(caller, { content })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 201, 409, 409]);
    expect((await caller.call('readReportDraft', {}))?.photos).toHaveLength(3);
  });

  it('are refused in words at every door of a file when the form itself cannot be read', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const petition = await openPetitionRow(town.sql, 'Keep the 14 night bus');
    for (const path of [
      '/uploads?for=report-draft',
      '/admin/place/crest',
      `/petitions/${petition}/sheets/scan`,
    ]) {
      const said = await tomasz.fetch(`/api/v1${path}`, {
        method: 'POST',
        body: 'cut off',
        headers: { accept: 'application/json', 'content-type': 'multipart/form-data' },
      });
      expect([path, said.status, await said.json()]).toEqual([path, 415, { code: 'broken_photo' }]);
    }
  });

  it('come from our own pages only', async () => {
    const content = await flat(100, 100).png().toBuffer();
    const elsewhere = await send(town.visitor(), { content }, 'text/html', {
      origin: 'https://evil.example',
    });
    expect(elsewhere.status).toBe(403);
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(content)]), 'a.png');
    const silent = await fetch(`${town.url}/api/v1/uploads?for=report-draft`, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    expect(await silent.json()).toEqual({ code: 'other_origin' });
  });
});
