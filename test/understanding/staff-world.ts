import { sql } from 'drizzle-orm';
import { createGuidedModel } from '../../src/adapters/guided/guided-model.ts';
import { takeTurn } from '../../src/conversation/take-turn.ts';
import type { Model, ModelItem, ModelRequest } from '../../src/ports/model.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { recentMessages } from '../../src/storage/conversations.ts';
import { refundsOfConversation } from '../../src/storage/refunds.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

export type Talk = {
  /** What the last text led to: `find_order 1001`, `check_return #1001 Blue Oxford Shirt x1 damaged`. */
  readonly calls: readonly string[];
  readonly reply: string;
  /** All a model got to read in the last turn, apart from what the colleague and it had said themselves. */
  readonly given: string;
  /** `#1001 4800 approved`, of the whole talk. */
  readonly refunds: readonly string[];
};

export type StaffWorld = {
  readonly desk: RefundDesk;
  /** A thread of its own: each text is answered before the next one comes. */
  talk(...texts: readonly string[]): Promise<Talk>;
  close(): Promise<void>;
};

/** Colleagues and the guided model, through the whole turn, in the demo store. No refund is sent. */
export async function openStaffWorld(): Promise<StaffWorld> {
  const desk = await openRefundDesk();
  let threads = 0;
  return {
    desk,
    async talk(...texts) {
      threads += 1;
      const asker = await desk.staff(`U${threads}`);
      let calls: readonly string[] = [];
      let given = '';
      for (const text of texts) {
        const recorded: ModelItem[] = [];
        await desk.says(asker, text);
        const requests: ModelRequest[] = [];
        const models: [Model] = [recording(recorded, requests)];
        await takeTurn({ ...desk.app.context, models }, asker.conversation.id);
        calls = recorded.flatMap((item) => (item.kind === 'tool-call' ? [spell(desk, item)] : []));
        given = JSON.stringify(requests.map(withoutTheirWords));
      }
      const end = {
        calls,
        given,
        reply: await lastReply(desk, asker),
        refunds: await refundsOf(desk, asker),
      };
      // What one thread asked for is under way for the others, and would not be quoted to them.
      await desk.db.execute(
        sql`update refunds set state = 'withdrawn' where conversation_id = ${asker.conversation.id}`,
      );
      return end;
    },
    close: () => desk.close(),
  };
}

function recording(into: ModelItem[], requests: ModelRequest[]): Model {
  const model = createGuidedModel();
  return {
    ...model,
    async respond(request) {
      requests.push(request);
      const response = await model.respond(request);
      into.push(...response.items);
      return response;
    },
  };
}

function withoutTheirWords({ items, ...request }: ModelRequest): object {
  const theirs = ['customer-text', 'tool-call'];
  return { ...request, items: items.filter(({ kind }) => !theirs.includes(kind)) };
}

function spell(desk: RefundDesk, call: ModelItem & { readonly kind: 'tool-call' }): string {
  const input = JSON.parse(call.argumentsJson);
  switch (call.name) {
    case 'find_order':
      return `find_order ${input.order_number}`;
    case 'find_customer':
      return `find_customer ${input.phone ?? ''}${input.email ?? ''}`;
    case 'check_return': {
      const lines = desk.sandbox.shop.orders().flatMap((order) => order.lines);
      const items = input.items.map((item: { line_id: string; quantity: number }) => {
        const line = lines.find(({ id }) => id.endsWith(`/${item.line_id}`));
        return `${line?.title} x${item.quantity}`;
      });
      const wish = input.wish === 'refund' ? '' : ` ${input.wish}`;
      return `check_return ${input.order_number} ${items.join(', ')} ${input.reason}${wish}`;
    }
    case 'cancel_return':
      return `cancel_return ${input.order_number}`;
    default:
      return call.name;
  }
}

async function lastReply({ db }: RefundDesk, { conversation }: Asker): Promise<string> {
  const messages = await db.transaction((tx) => recentMessages(tx, conversation.id, 20));
  return messages.findLast(({ author }) => author === 'agent')?.text ?? '';
}

async function refundsOf({ db }: RefundDesk, { conversation }: Asker): Promise<readonly string[]> {
  const rows = await refundsOfConversation(db, conversation.id);
  return rows.map(({ orderName, amountMinor, state }) => `${orderName} ${amountMinor} ${state}`);
}
