import { element, send, show } from './element.js';

const at = (id) => document.getElementById(id);

export function renderShop(world, chosen) {
  const own = new Set(
    world.stories.filter(({ phone }) => phone === chosen.phone).map(({ orderName }) => orderName),
  );
  const refunds = world.orders.flatMap((order) => order.refunds.map((refund) => ({ ...refund, order })));
  const returns = world.orders.flatMap((order) => order.returns.map((made) => ({ ...made, order })));
  const byAgent = refunds.filter(isByAgent).filter(({ amount }) => amount > 0);
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

/** Made with a key, by taking in a return, or by cancelling; what people refunded carries their note. */
function isByAgent({ idempotencyKey, returnId, note, order }) {
  return idempotencyKey || returnId || (order.cancelledAt && !note);
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
  const awaited = made.status === 'OPEN' ? made.lines.filter((line) => line.awaited > 0) : [];
  const pieces = awaited.reduce((sum, line) => sum + line.awaited, 0);
  return element(
    'div',
    { class: 'refund' },
    element('span', {}, element('strong', {}, made.name), ` ${titles(made)}`),
    element('span', { class: 'badge' }, made.status.toLowerCase()),
    pieces > 0 &&
      element(
        'div',
        { class: 'parcel' },
        element('span', { class: 'quiet' }, 'On its way back'),
        parcelButton(made, 'Let it arrive'),
        pieces > 1 && parcelButton(made, 'One piece only', [{ line: title(awaited[0], made), quantity: 1 }]),
      ),
  );
}

/** The warehouse opens the parcel, and the shop tells the program. */
function parcelButton({ name, order }, words, lines) {
  const click = () => send('/sandbox/parcel', { order: order.name, lines });
  return element('button', { type: 'button', class: 'chip', 'data-key': `${name} ${words}`, click }, words);
}

function titles({ lines, order }) {
  return lines.map((line) => `${line.quantity} × ${title(line, { order })}`).join(', ');
}

function title({ lineId }, { order }) {
  return order.lines.find(({ id }) => id === lineId)?.title ?? '?';
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
