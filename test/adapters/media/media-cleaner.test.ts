import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createMediaCleaner } from '../../../src/adapters/media/media-cleaner.ts';
import { sniffType } from '../../../src/adapters/media/sniff-type.ts';

const cleaner = createMediaCleaner();
const canvas = (width = 40, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: '#a05020' } });
const voices: readonly (readonly [string, Buffer])[] = [
  ['audio/ogg', Buffer.concat([Buffer.from('OggS\0'), Buffer.alloc(23), Buffer.from('OpusHead')])],
  ['audio/amr', Buffer.from('#!AMR\nxyz')],
  ['audio/amr', Buffer.from('#!AMR-WB\nxyz')],
  ['audio/mpeg', Buffer.from('ID3\x03\0rest')],
  ['audio/mpeg', Buffer.from([0xff, 0xfb, 0x90, 0x64])],
  ['audio/mp4', Buffer.from('\0\0\0\x1cftypM4A rest')],
];

describe('a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('in %s is kept as a JPEG of its size', async (format) => {
    const cleaned = await cleaner.clean(await canvas().toFormat(format).toBuffer());
    expect(cleaned).toMatchObject({ kind: 'picture', contentType: 'image/jpeg', width: 40, height: 20 });
    if (cleaned.kind !== 'picture') throw new Error('No picture.');
    expect(await sharp(cleaned.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 40 });
  });

  it('loses where it was taken, with what, every comment, and what was hung behind its end', async () => {
    const bytes = await canvas()
      .withExif({ IFD0: { Copyright: 'Jane Secret' }, IFD3: { GPSLatitude: '44/1 28/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Jane Secret</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(bytes.includes('Jane Secret')).toBe(true);
    const cleaned = await cleaner.clean(
      Buffer.concat([bytes, Buffer.from('PK\x03\x04<script>hidden</script>')]),
    );
    if (cleaned.kind !== 'picture') throw new Error('No picture.');
    const { exif, xmp, icc, iptc } = await sharp(cleaned.bytes).metadata();
    expect([exif, xmp, icc, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    for (const hidden of ['Secret', 'script', 'Exif']) expect(cleaned.bytes.includes(hidden)).toBe(false);
  });

  it('that says it lies on its side is turned upright, since that note is lost', async () => {
    const bytes = await canvas(40, 20).withExif({}).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await cleaner.clean(bytes)).toMatchObject({ width: 20, height: 40 });
  });

  it('larger than anybody needs is made smaller', async () => {
    const small = createMediaCleaner({ maxSidePixels: 10 });
    expect(await small.clean(await canvas().png().toBuffer())).toMatchObject({ width: 10, height: 5 });
  });

  it('of few bytes and very many pixels is refused before it is decoded', async () => {
    const bomb = await canvas().png().toBuffer();
    // The header's width and height, and the checksum over it.
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    expect(await cleaner.clean(bomb)).toEqual({ kind: 'refused', reason: 'too-many-pixels' });
  });

  it('that breaks off, or only begins as one, is refused', async () => {
    const bytes = await canvas(400, 400).png().toBuffer();
    for (const broken of [
      bytes.subarray(0, 60),
      Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(500, 7)]),
    ]) {
      expect(await cleaner.clean(broken)).toEqual({ kind: 'refused', reason: 'unreadable' });
    }
  });
});

describe('a voice note', () => {
  it.each(voices)('in %s is kept as it came', async (contentType, bytes) => {
    expect(await cleaner.clean(bytes)).toEqual({ kind: 'voice', contentType, bytes });
  });
});

describe('anything else is refused, whatever its name says', () => {
  it.each<[string, Buffer]>([
    ['nothing at all', Buffer.alloc(0)],
    ['HEIC', Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1heic')],
    ['AVIF', Buffer.from('\0\0\0\x1cftypavif')],
    ['video in MP4', Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2')],
    ['video in Ogg', Buffer.concat([Buffer.from('OggS\0'), Buffer.alloc(23), Buffer.from('\x80theora')])],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['PDF', Buffer.from('%PDF-1.7')],
    ['a ZIP archive', Buffer.from('PK\x03\x04')],
    ['TIFF', Buffer.from('II*\0')],
    ['an executable', Buffer.from('\x7fELF')],
  ])('%s', async (_what, bytes) => {
    expect(sniffType(bytes)).toEqual({ kind: 'other' });
    expect(await cleaner.clean(bytes)).toEqual({ kind: 'refused', reason: 'unsupported-type' });
  });
});
