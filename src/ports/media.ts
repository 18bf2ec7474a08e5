import type { ModelUsage } from './model.ts';

/** What a customer attached, as it comes from outside: nobody may see it before it was made anew. */
export type FetchedMedia =
  | { readonly kind: 'fetched'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly reason: 'gone' | 'foreign-address' | 'too-large' };

export type MediaSource = {
  /** Throws ExternalError when the provider cannot be asked. */
  fetch(address: string): Promise<FetchedMedia>;
};

export type CleanMedia =
  /** A JPEG encoded here: no metadata, no colour profile, one frame. */
  | {
      readonly kind: 'picture';
      readonly contentType: 'image/jpeg';
      readonly bytes: Buffer;
      readonly width: number;
      readonly height: number;
    }
  /** As it came: its first bytes say that it is sound. */
  | { readonly kind: 'voice'; readonly contentType: VoiceType; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly reason: 'unsupported-type' | 'too-many-pixels' | 'unreadable' };

export type VoiceType = 'audio/ogg' | 'audio/amr' | 'audio/mpeg' | 'audio/mp4';

export type MediaCleaner = {
  /** Believes the bytes only, no name and no content type. Never throws for any bytes. */
  clean(bytes: Buffer): Promise<CleanMedia>;
  /** A kept picture as a small JPEG, for a model. */
  shrink(picture: Buffer): Promise<Buffer>;
};

/** Writes down what was said. What it heard is a program's guess: it never counts as written. */
export type Transcriber = {
  /** For records, e.g. `gpt-transcribe`. */
  readonly name: string;
  /** Asks once, and throws for no failure of the provider: whoever spoke can write. */
  transcribe(voice: VoiceNote): Promise<Transcript>;
};

export type VoiceNote = { readonly contentType: VoiceType; readonly bytes: Buffer };

export type Transcript =
  /** `text` is empty where nobody speaks. */
  | { readonly kind: 'heard'; readonly text: string; readonly usage: ModelUsage }
  | { readonly kind: 'unheard' };
