import type { z } from 'zod';
import type { OrderView } from '../ports/tools.ts';
import type { RefundContext } from '../refunds/context.ts';
import type { Asker } from '../refunds/read-order.ts';
import type { QuoteId } from '../returns/ids.ts';

export type ToolContext = {
  readonly refunds: RefundContext;
  readonly asker: Asker;
  /** The e-mail addresses people wrote; a model knows them as `[e-mail 1]` only. */
  readonly typed?: ReadonlyMap<string, string> | undefined;
};

export type Tool<Arguments, Result extends { readonly status: string }> = {
  readonly name: string;
  readonly description: string;
  /** Every property required, nullable instead of optional: what strict function calling accepts. */
  readonly schema: z.ZodType<Arguments>;
  run(context: ToolContext, input: Arguments): Promise<ToolOutcome<Result>>;
  /** Arguments as they may be kept: without e-mail, postal code or free text. */
  keep(input: Arguments): Readonly<Record<string, unknown>>;
};

export type ToolOutcome<Result> = { readonly result: Result; readonly effect?: ToolEffect };

/** What the turn itself must do when it commits; a tool cannot, because the reply is part of it. */
export type ToolEffect =
  | {
      readonly kind: 'hand-off';
      readonly reason: string;
      /** Sent instead of whatever the model says: code decided this, not the model. */
      readonly say?: string;
    }
  /** The customer may agree to this quote once a reply that names the amount is sent. */
  | { readonly kind: 'quoted'; readonly quoteId: QuoteId; readonly amount: string }
  | { readonly kind: 'proposed' }
  /** A proof that was wrong and is counted: a turn that begins anew would try it again. */
  | { readonly kind: 'tried' }
  /** A colleague asked for this order: it may be shown as a card beside the reply. */
  | { readonly kind: 'showed'; readonly order: OrderView };
