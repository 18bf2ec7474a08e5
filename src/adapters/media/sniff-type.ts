import type { VoiceType } from '../../ports/media.ts';

export type SniffedType =
  | { readonly kind: 'picture'; readonly format: 'jpeg' | 'png' | 'webp' | 'gif' }
  | { readonly kind: 'voice'; readonly contentType: VoiceType }
  | { readonly kind: 'other' };

/** By the first bytes alone: names and content types are whatever the sender says. */
export function sniffType(bytes: Buffer): SniffedType {
  const head = bytes.toString('latin1', 0, 64);
  for (const [fits, type] of signatures) if (fits(head)) return type;
  return isMp3Frame(bytes) ? voice('audio/mpeg') : { kind: 'other' };
}

/** HEIC, video and the rest of ISO media are none of these: their brands differ. */
const signatures: readonly (readonly [(head: string) => boolean, SniffedType])[] = [
  [(head) => head.startsWith('\xff\xd8\xff'), picture('jpeg')],
  [(head) => head.startsWith('\x89PNG\r\n\x1a\n'), picture('png')],
  [(head) => head.startsWith('RIFF') && /^WEBPVP8[ LX]/.test(head.slice(8)), picture('webp')],
  [(head) => /^GIF8[79]a/.test(head), picture('gif')],
  // The first packet tells voice from video in the same container.
  [(head) => head.startsWith('OggS\0') && /OpusHead|vorbis|Speex {3}/.test(head), voice('audio/ogg')],
  [(head) => /^#!AMR(?:-WB)?\n/.test(head), voice('audio/amr')],
  [(head) => ['ID3\x02', 'ID3\x03', 'ID3\x04'].some((tag) => head.startsWith(tag)), voice('audio/mpeg')],
  [(head) => head.startsWith('\0\0\0') && /^ftypM4[AB] /.test(head.slice(4)), voice('audio/mp4')],
];

/** Eleven bits of sync, a known version, layer III, and a bitrate and a rate that exist. */
function isMp3Frame([first = 0, second = 0, third = 0]: Buffer): boolean {
  const isSynced = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  const bitrate = third >> 4;
  return isSynced && bitrate > 0 && bitrate < 15 && (third & 0x0c) !== 0x0c;
}

function picture(format: 'jpeg' | 'png' | 'webp' | 'gif'): SniffedType {
  return { kind: 'picture', format };
}

function voice(contentType: VoiceType): SniffedType {
  return { kind: 'voice', contentType };
}
