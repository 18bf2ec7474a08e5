import { createGuidedModel } from '../../../src/adapters/guided/guided-model.ts';
import type { ModelItem } from '../../../src/ports/model.ts';
import type { ConversationFacts, OrderItemView, OrderView } from '../../../src/ports/tools.ts';

export type Call = { readonly name: string; readonly arguments: Record<string, unknown> };
type Json = Readonly<Record<string, unknown>>;

export const socksAndShirts: OrderView = order('#1001', [
  ['shirt', 'Linen Shirt', 'Blue / M', 1, '$48.00'],
  ['socks', 'Wool Socks', null, 2, '$12.00'],
  ['mug', 'Coffee Mug', 'White', 2, '$14.50'],
]);
export const twoShirts: OrderView = order('#1002', [
  ['blue', 'Linen Shirt', 'Blue / M', 1, '$48.00'],
  ['red', 'Linen Shirt', 'Red / L', 1, '$52.00'],
  ['belt', 'Leather Belt', null, 1, '$30.00'],
]);
export const onlyBoots: OrderView = order('#1003', [['boots', 'Rain Boots', '42', 1, '$80.00']]);

export const notFoundSay =
  "I couldn't find that order for you. Send the order number, the e-mail address and the postal code.";
export const policy = [
  'You can return items within 30 days of delivery.',
  "Final sale items can't be returned.",
  "Gift cards can't be returned.",
  'There is no restocking fee.',
  'Refunds go back to the original payment method.',
] as const;

/** What the tools of one dialogue answer; by tool name, the next answer first. Overrides the shop below. */
export type Script = {
  readonly orders?: readonly OrderView[];
  readonly phoneOrders?: readonly OrderView[];
  readonly facts?: Partial<ConversationFacts>;
  readonly answers?: Readonly<Record<string, readonly Json[]>>;
};

export type Dialogue = {
  /** Sends texts as one turn and returns the reply. */
  say(...texts: string[]): Promise<string>;
  /** The calls of the last turn. */
  readonly calls: readonly Call[];
  readonly items: readonly ModelItem[];
  facts: ConversationFacts;
};

/** Plays one conversation with the guided model, the way a caller plays it: texts stay, calls do not. */
export function startDialogue(script: Script = {}): Dialogue {
  const model = createGuidedModel();
  const visible = script.orders ?? [socksAndShirts, twoShirts, onlyBoots];
  const answers = new Map(Object.entries(script.answers ?? {}).map(([name, list]) => [name, [...list]]));
  const history: ModelItem[] = [];
  const dialogue = {
    calls: [] as Call[],
    items: history as readonly ModelItem[],
    facts: {
      store_name: 'Fern & Co',
      channel: 'sms',
      party: 'customer',
      phone_known: true,
      proven_orders: [],
      open_quotes: [],
      refunds: [],
      returns: [],
      policy,
      ...script.facts,
    } as ConversationFacts,
    async say(...texts: string[]): Promise<string> {
      history.push(...texts.map((text): ModelItem => ({ kind: 'customer-text', text })));
      dialogue.calls = [];
      const turn: ModelItem[] = [];
      const { facts } = dialogue;
      for (;;) {
        const response = await model.respond({
          instructions: '',
          tools: [],
          facts,
          items: [...history, ...turn],
          safetyIdentifier: 'test',
          maxOutputTokens: 1_000,
          signal: new AbortController().signal,
        });
        const [item, ...others] = response.items;
        if (item === undefined || others.length > 0) throw new Error('the model gives one item per response');
        if (item.kind === 'agent-text') {
          history.push(item);
          markShown();
          return item.text;
        }
        if (item.kind !== 'tool-call') throw new Error(`unexpected ${item.kind}`);
        const call: Call = { name: item.name, arguments: JSON.parse(item.argumentsJson) };
        dialogue.calls.push(call);
        if (dialogue.calls.length > 8) throw new Error('the model loops');
        const result = answers.get(call.name)?.shift() ?? answer(call);
        turn.push(item, { kind: 'tool-result', callId: item.callId, outputJson: JSON.stringify(result) });
      }
    },
  };

  function markShown(): void {
    const open_quotes = dialogue.facts.open_quotes.map((quote) => ({ ...quote, shown: true }));
    dialogue.facts = { ...dialogue.facts, open_quotes };
  }

  function answer({ name, arguments: input }: Call): Json {
    switch (name) {
      case 'find_order':
        return input.order_number === null ? choose() : find(String(input.order_number));
      case 'return_status':
        return status(input.order_number);
      case 'check_return':
        return quote(input);
      case 'submit_return': {
        const [open] = dialogue.facts.open_quotes;
        dialogue.facts = { ...dialogue.facts, open_quotes: [] };
        return { status: 'submitted', amount: open?.amount, say: 'Your return is submitted.' };
      }
      case 'hand_off':
        return { status: 'handed_off', say: 'Someone from our team takes over.' };
      default:
        return { status: 'not_verified', say: 'These details do not match.' };
    }
  }

  function find(number: string): Json {
    const { proven_orders, phone_known, party } = dialogue.facts;
    const found = visible.find((one) => one.order_number === `#${number.replace('#', '')}`);
    const maySee = party === 'staff' || phone_known || proven_orders.includes(found?.order_number ?? '');
    return found && maySee ? { status: 'found', order: found } : { status: 'not_found', say: notFoundSay };
  }

  /** The refunds of the facts, all of them waiting for a manager. */
  function status(number: unknown): Json {
    const { refunds } = dialogue.facts;
    const visible =
      number === null ? (refunds.length > 0 ? 'known' : undefined) : find(String(number)).status;
    if (visible === undefined && !dialogue.facts.phone_known)
      return { status: 'not_found', say: notFoundSay };
    if (visible === 'not_found') return { status: 'not_found', say: notFoundSay };
    const says = refunds.map(
      ({ amount, order_number }) => `The refund of ${amount} for ${order_number} waits.`,
    );
    return { status: 'known', refunds: [], returns: [], say: says.join(' ') || 'I see no refund so far.' };
  }

  function choose(): Json {
    const orders = script.phoneOrders ?? [socksAndShirts];
    if (orders.length === 0) return { status: 'not_found', say: notFoundSay };
    return {
      status: 'choose',
      orders: orders.map(({ order_number, placed_on, items }) => ({
        order_number,
        placed_on,
        items: items.map(({ title, quantity }) => ({ title, quantity })),
      })),
    };
  }

  function quote(input: Record<string, unknown>): Json {
    const number = String(input.order_number);
    const lines = input.items as { line_id: string; quantity: number }[];
    const items = lines.map(({ line_id, quantity }) => {
      const item = visible
        .find(({ order_number }) => order_number === number)
        ?.items.find((one) => one.line_id === line_id);
      return { title: item?.title ?? '?', variant: item?.variant ?? null, quantity };
    });
    const open = {
      quote_id: `q${history.length}`,
      order_number: number,
      amount: '$24.00',
      items,
      settles: 'at_once' as const,
      store_credit: null,
      exchange: [],
      shown: false,
    };
    dialogue.facts = { ...dialogue.facts, open_quotes: [open] };
    const say = `I can refund $24.00 from order ${number}. Reply YES to go ahead, or NO to leave it.`;
    return { status: 'quoted', ...open, fee: null, needs_approval: false, rule: 'within-window', say };
  }

  return dialogue;
}

type Line = readonly [id: string, title: string, variant: string | null, quantity: number, price: string];

function order(order_number: string, lines: readonly Line[]): OrderView {
  const items = lines.map(
    ([line_id, title, variant, quantity, unit_price]): OrderItemView => ({
      line_id,
      title,
      variant,
      quantity,
      returnable_quantity: quantity,
      unit_price,
    }),
  );
  return { order_number, placed_on: '2026-11-01', delivered_on: '2026-11-05', cancelled: false, items };
}
