import { describeDemoStore } from './demo-store.ts';
import type { PhoneNetwork } from './phone-network.ts';
import { awaitedPieces } from './shop/end-return.ts';
import { orderTotal } from './shop/order-balance.ts';
import type { Shop } from './shop.ts';
import type { Workspace } from './workspace.ts';
import {
  approvalsChannel,
  channels,
  groups,
  managersGroup,
  people,
  supportChannel,
} from './workspace-people.ts';
import { directChannelOf } from './workspace-places.ts';

export type World = {
  readonly shop: Shop;
  readonly phones: PhoneNetwork;
  readonly workspace: Workspace;
  readonly smsFrom: string;
};

/** Everything there is to see in the outside world, for the page and for whoever watches from outside. */
export function describeWorld({ shop, phones, workspace, smsFrom }: World) {
  return {
    smsFrom,
    stories: describeDemoStore(),
    orders: shop.orders().map((order) => ({
      id: order.id,
      name: order.name,
      processedAt: order.processedAt,
      cancelledAt: order.cancelledAt ?? null,
      currency: order.currency,
      total: orderTotal(order),
      lines: order.lines.map(({ id, title, variantTitle, quantity }) => ({
        id,
        title,
        variantTitle,
        quantity,
      })),
      refunds: shop.refunds().filter((refund) => refund.orderId === order.id),
      returns: (order.returns ?? []).map(({ name, status, createdAt, lines }) => ({
        name,
        status,
        createdAt,
        lines: lines.map((line) => ({
          lineId: line.lineId,
          quantity: line.quantity,
          processed: line.processed,
          awaited: awaitedPieces(line),
        })),
      })),
    })),
    texts: phones.messages().map(({ webhookFields: _fields, webhookUrl: _url, ...message }) => message),
    people: people
      .filter(({ kind }) => kind === 'member' || kind === 'guest')
      .map((person) => ({ ...person, approves: groups[managersGroup]?.includes(person.id) ?? false })),
    everyone: Object.fromEntries(people.map(({ id, name }) => [id, name])),
    channels: Object.entries(channels).map(([id, name]) => ({
      id,
      name,
      approvals: id === approvalsChannel,
      support: id === supportChannel,
    })),
    /** By person: their direct messages with the bot. */
    directChannels: Object.fromEntries(people.map(({ id }) => [id, directChannelOf(id)])),
    messages: [...Object.keys(channels), ...people.map(({ id }) => directChannelOf(id))].flatMap((channel) =>
      workspace.messagesIn(channel),
    ),
    working: workspace.working(),
    homes: workspace.homes(),
    ephemerals: workspace.ephemerals(),
    modals: workspace.openModals(),
  };
}
