import type { InputBlock, ModalView } from '@slack/web-api';
import type { MissingLine, OpenReturn, TakenIn } from '../../ports/staff-desk.ts';
import type { LineItemId, RefundId, ReturnId } from '../../returns/ids.ts';
import { plainLine } from './mrkdwn.ts';
import { asUuid } from './uuid.ts';

export const arrivalCallbackId = 'item_arrived_pieces';

/** What a window was opened for, and where its answer is shown. */
export type ArrivalTarget = Pick<TakenIn, 'returnId' | 'refundId'> & { readonly from: 'home' | 'window' };

/** Slack takes 100 blocks a view. */
const maxLines = 90;

/** Asks how many pieces of each line are here: all of them, unless the person writes another number. */
export function buildArrivalView(open: OpenReturn, from: ArrivalTarget['from']): ModalView {
  const { returnId, refundId, missing } = open;
  const left = missing.length - maxLines;
  const more = left > 0 ? ` ${left} more lines follow once these are taken in.` : '';
  const text = `${plainLine(open.name, 60)} of order ${plainLine(open.orderName, 60)}. Write how many pieces are here: those are settled at once, the rest stays open.${more}`;
  return {
    type: 'modal',
    callback_id: arrivalCallbackId,
    private_metadata: JSON.stringify({ returnId, refundId, from } satisfies ArrivalTarget),
    title: { type: 'plain_text', text: 'Item arrived' },
    submit: { type: 'plain_text', text: 'Take in' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      { type: 'section', block_id: 'return', text: { type: 'plain_text', text, emoji: false } },
      ...missing.slice(0, maxLines).map(pieces),
    ],
  };
}

/** For what became of a window that no message or Home tab can show. */
export function buildArrivalNotice(text: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Item arrived' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }],
  };
}

/** Undefined when it is not something `buildArrivalView` wrote. */
export function readArrivalTarget(privateMetadata: string): ArrivalTarget | undefined {
  try {
    const given = JSON.parse(privateMetadata) as Partial<Record<string, unknown>>;
    const returnId = asUuid<ReturnId>(given.returnId);
    const refundId = asUuid<RefundId>(given.refundId);
    if (returnId === undefined || refundId === undefined) return undefined;
    return { returnId, refundId, from: given.from === 'home' ? 'home' : 'window' };
  } catch {
    return undefined;
  }
}

type Typed = Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null }>>>>;

export type ReadPieces =
  | { readonly kind: 'ok'; readonly lines: TakenIn['lines'] }
  /** By block, as Slack shows them under the fields. */
  | { readonly kind: 'wrong'; readonly errors: Readonly<Record<string, string>> };

export function readPieces(typed: Typed): ReadPieces {
  const fields = Object.entries(typed).filter(([block]) => block.startsWith(linePrefix));
  const read = fields.map(([block, field]) => {
    const text = field[block]?.value?.trim() ?? '';
    const quantity = text === '' ? 0 : /^\d{1,6}$/.test(text) ? Number(text) : undefined;
    return { block, lineId: block.slice(linePrefix.length) as LineItemId, quantity };
  });
  const wrong = read.filter(({ quantity }) => quantity === undefined);
  if (wrong.length > 0) {
    return {
      kind: 'wrong',
      errors: Object.fromEntries(wrong.map(({ block }) => [block, 'Write a whole number.'])),
    };
  }
  const lines = read.flatMap(({ lineId, quantity = 0 }) => (quantity === 0 ? [] : [{ lineId, quantity }]));
  const first = read[0]?.block;
  return lines.length === 0 && first !== undefined
    ? { kind: 'wrong', errors: { [first]: 'Write how many pieces are here.' } }
    : { kind: 'ok', lines };
}

const linePrefix = 'pieces:';

function pieces({ lineId, title, quantity }: MissingLine): InputBlock {
  const id = `${linePrefix}${lineId}`;
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: { type: 'plain_text', text: plainLine(title, 150) || 'Untitled', emoji: false },
    hint: { type: 'plain_text', text: `${quantity} still missing` },
    element: {
      type: 'number_input',
      action_id: id,
      is_decimal_allowed: false,
      min_value: '0',
      max_value: String(quantity),
      initial_value: String(quantity),
    },
  };
}
