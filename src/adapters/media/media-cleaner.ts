import type { CleanMedia, MediaCleaner } from '../../ports/media.ts';
import { sniffType } from './sniff-type.ts';

export type MediaCleanerOptions = {
  /** Decoded, a picture takes three bytes for each. */
  readonly maxPixels?: number;
  /** The longer side of what is kept. */
  readonly maxSidePixels?: number;
};

/**
 * Pictures are decoded and encoded again: what hides in metadata, behind the last byte or in a second format
 * is left behind, and so is where the picture was taken.
 */
export function createMediaCleaner(options: MediaCleanerOptions = {}): MediaCleaner {
  const { maxPixels = 50_000_000, maxSidePixels = 2_048 } = options;
  return {
    async clean(bytes) {
      const type = sniffType(bytes);
      if (type.kind === 'other') return { kind: 'refused', reason: 'unsupported-type' };
      if (type.kind === 'voice') return { ...type, bytes };
      return encodeAnew(bytes, maxPixels, maxSidePixels);
    },
    async shrink(picture) {
      const sharp = await loadSharp();
      return sharp(picture, { limitInputPixels: maxPixels })
        .resize({ width: modelSidePixels, height: modelSidePixels, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 75 })
        .toBuffer();
    },
  };
}

/** Enough to tell what is broken; more is cut down again where it is read. */
const modelSidePixels = 768;

async function encodeAnew(bytes: Buffer, maxPixels: number, maxSide: number): Promise<CleanMedia> {
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .timeout({ seconds: 15 })
      .toBuffer({ resolveWithObject: true });
    return {
      kind: 'picture',
      contentType: 'image/jpeg',
      bytes: data,
      width: info.width,
      height: info.height,
    };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit|dimensions/i.test(error.message);
    return { kind: 'refused', reason: isTooLarge ? 'too-many-pixels' : 'unreadable' };
  }
}

/** Loaded with the first picture: no other process needs 20 MB of native code. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // Only the four decoders that are wanted; others, such as SVG's, have had holes.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: decoders });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

const decoders = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
];
