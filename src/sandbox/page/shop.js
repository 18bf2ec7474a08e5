import { element, show } from './element.js';

const at = (id) => document.getElementById(id);

export function renderShop(world, chosen) {
  const own = new Set(
    world.stories.filter(({ phone }) => phone === chosen.phone).map(({ orderName }) => orderName),
  );
  const refunds = world.orders.flatMap((order) => order.refunds.map((refund) => ({ ...refund, order })));
  const returns = world.orders.flatMap((order) => order.returns.map((made) => ({ ...made, order })));
  const byAgent = refunds.filter(({ idempotencyKey }) => idempotencyKey);
  at('refunded').textContent =
    byAgent.length === 1 ? '1 refund by the agent' : `${byAgent.length} refunds by the agent`;
  show(at('orders'), [world.orders, chosen.phone], () => [
    ...list('Refunds by the agent', byAgent.toSorted(newest), refundRow),
    ...list('Returns', returns.toSorted(newest), returnRow),
    ...list(
      'This customer’s orders',
      world.orders.filter(({ name }) => own.has(name)),
      (order) => orderRow(order, world, true),
    ),
    ...list(
      'Other orders',
      world.orders.filter(({ name }) => !own.has(name)),
      (order) => orderRow(order, world, false),
    ),
  ]);
}

function list(title, items, row) {
  if (items.length === 0) return [];
  return [element('h3', {}, title), ...items.map(row)];
}

function refundRow(refund) {
  const pending = refund.transactions.some(({ status }) => status !== 'SUCCESS');
  return element(
    'div',
    { class: 'refund' },
    element('span', {}, element('strong', {}, refund.orderName), ` ${titles(refund)}`),
    element('strong', { class: 'amount' }, `−${money(refund.amount, refund.currency)}`),
    pending && element('span', { class: 'quiet' }, 'payment under way'),
  );
}

function returnRow(made) {
  const arrived = made.lines.every(({ quantity, processed }) => processed === quantity);
  return element(
    'div',
    { class: 'refund' },
    element('span', {}, element('strong', {}, made.name), ` ${titles(made)}`),
    element('span', { class: 'badge' }, made.status.toLowerCase()),
    made.status === 'OPEN' && !arrived && element('span', { class: 'quiet' }, 'on its way back'),
  );
}

function titles({ lines, order }) {
  return lines
    .map(
      ({ lineId, quantity }) => `${quantity} × ${order.lines.find(({ id }) => id === lineId)?.title ?? '?'}`,
    )
    .join(', ');
}

function orderRow(order, world, own) {
  const story = world.stories.find(({ orderName }) => orderName === order.name);
  const back = order.refunds.reduce((sum, { amount }) => sum + amount, 0);
  return element(
    'details',
    { class: 'order', 'data-key': order.name, open: own },
    element(
      'summary',
      {},
      element('strong', {}, order.name),
      element('span', { class: 'who' }, own ? '' : (story?.customer ?? '')),
      state(order, back),
      element('span', { class: 'amount' }, money(order.total, order.currency)),
    ),
    element(
      'ul',
      {},
      order.lines.map((line) => {
        const returned = order.refunds
          .flatMap(({ lines }) => lines)
          .filter(({ lineId }) => lineId === line.id)
          .reduce((sum, { quantity }) => sum + quantity, 0);
        return element(
          'li',
          {},
          `${line.quantity} × ${line.title}${line.variantTitle ? `, ${line.variantTitle}` : ''}`,
          returned > 0 && element('span', { class: 'badge back' }, `${returned} refunded`),
        );
      }),
    ),
    back > 0 && element('p', { class: 'back' }, `Refunded ${money(back, order.currency)}`),
  );
}

function state(order, back) {
  if (order.cancelledAt) return element('span', { class: 'badge' }, 'cancelled');
  if (back === 0) return false;
  return element('span', { class: 'badge back' }, back >= order.total ? 'refunded' : 'partly refunded');
}

function newest(a, b) {
  return a.createdAt < b.createdAt ? 1 : -1;
}

/** Amounts come in minor units; how many decimals that means is the currency's business. */
function money(minor, currency) {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}
