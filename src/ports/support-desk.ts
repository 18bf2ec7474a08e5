import type { ConversationId } from '../returns/ids.ts';
import type { CardReference } from './approval-desk.ts';
import type { ChannelKind } from './channel.ts';

/** Where a conversation is handed to people. */
export type SupportDesk = {
  /** Opens a thread. `key` makes it recognisable; `findThread` is read before opening again. */
  openThread(thread: SupportThread): Promise<CardReference>;
  findThread(key: string, since: Date): Promise<CardReference | undefined>;
  /** A further message of the customer, or a notice, in the thread. */
  addToThread(reference: CardReference, note: SupportNote): Promise<void>;
  findNote(reference: CardReference, key: string): Promise<boolean>;
  /** Shows a picture in a thread, also in that of an approval's card. */
  addPicture(reference: CardReference, picture: SupportPicture): Promise<void>;
  findPicture(reference: CardReference, key: string): Promise<boolean>;
  /** In the thread and, so that somebody sees it, in the channel. */
  pointOut(reference: CardReference, note: SupportNote): Promise<void>;
  /** A line for staff outside any conversation: an opted-out customer's outcome, a dead letter. */
  notify(note: SupportNote): Promise<void>;
};

export type SupportThread = {
  readonly key: string;
  readonly conversationId: ConversationId;
  readonly reason: string;
  readonly customer: string;
  /** Made by rule from facts: what was asked last, and where quotes and refunds stand. */
  readonly summary: string;
  /** What the bot already knows, a line each: orders proven, quotes, refunds and their state. */
  readonly known: readonly string[];
  readonly transcript: readonly { readonly who: 'customer' | 'agent' | 'staff'; readonly text: string }[];
};

/** Whom a reply goes to, and how. */
export type ReplyTarget = { readonly conversationId: ConversationId; readonly channel: ChannelKind };

export type SupportNote = { readonly key: string; readonly text: string };

export type SupportPicture = { readonly key: string; readonly title: string; readonly jpeg: Buffer };

export type HandBackAnswer =
  | { readonly kind: 'handed-back' }
  /** The bot had it already. */
  | { readonly kind: 'not-handed-off' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'not-found' };

export type ReplyAnswer =
  | { readonly kind: 'sent' }
  /** Nothing is sent to somebody who opted out. */
  | { readonly kind: 'opted-out' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'not-found' };
