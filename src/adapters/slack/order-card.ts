import type { KnownBlock } from '@slack/web-api';
import type { OrderItemView, OrderView } from '../../ports/tools.ts';
import { escapeMrkdwn, plainLine } from './mrkdwn.ts';

/** An order at a glance: when, what, for how much, and what of it could still come back. */
export function buildOrderCard(order: OrderView): KnownBlock[] {
  const title = `Order ${plainLine(order.order_number, 60)}`;
  const delivered = order.cancelled ? 'Cancelled' : (order.delivered_on ?? 'Not yet');
  return [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    {
      type: 'section',
      fields: [
        `*Placed*\n${escapeMrkdwn(order.placed_on, 40)}`,
        `*Delivered*\n${escapeMrkdwn(delivered, 40)}`,
      ].map(mrkdwn),
    },
    { type: 'section', text: mrkdwn(itemList(order.items)) },
  ];
}

function itemList(items: readonly OrderItemView[]): string {
  const lines = items.map(describeItem);
  let length = 0;
  const fits = lines.findIndex((line) => {
    length += line.length + 1;
    return length > 2800;
  });
  if (lines.length === 0) return 'No items';
  if (fits === -1) return lines.join('\n');
  return [...lines.slice(0, fits), `and ${lines.length - fits} more`].join('\n');
}

function describeItem(item: OrderItemView): string {
  const variant = item.variant === null ? '' : ` (${escapeMrkdwn(item.variant, 80)})`;
  const name = `${item.quantity} × *${escapeMrkdwn(item.title, 150)}*${variant}`;
  const left =
    item.returnable_quantity === item.quantity
      ? ''
      : item.returnable_quantity === 0
        ? ' · all returned'
        : ` · ${item.returnable_quantity} left to return`;
  return `${name} · ${escapeMrkdwn(item.unit_price, 40)}${item.quantity > 1 ? ' each' : ''}${left}`;
}

function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true } as const;
}
