import { type Books, complain } from './books.ts';

/** Each text arrives once and in its order; nothing is sent to somebody who said STOP before it was written. */
export function compareTexts(books: Books): readonly string[] {
  return [...compareOutbox(books), ...compareConsent(books)];
}

function compareOutbox({ outbox, providers, world }: Books): readonly string[] {
  const sent = providers.texts().filter(({ direction }) => direction === 'outbound-api');
  const known = new Set(outbox.map(({ providerId }) => providerId));
  const strays = sent.filter(({ sid }) => !known.has(sid));
  return [
    ...outbox.flatMap(({ state, address, body, createdAt }) =>
      complain(
        state === 'waiting',
        `Since ${createdAt.toISOString()} a text to ${address} waits to be sent: ${body}`,
      ),
    ),
    ...outbox.flatMap(({ id, state, providerId }) =>
      complain(
        state === 'sent' && !sent.some(({ sid }) => sid === providerId),
        `Text ${id} is sent, and the phone network has never seen it.`,
      ),
    ),
    // Made after the program had given up waiting: no list could show them before the text was sent again. One
    // whose answer was lost before a STOP is not looked for any more.
    ...complain(
      strays.length >
        world.lateTexts() +
          outbox.filter(({ state, attempts }) => state === 'suppressed' && attempts > 0).length,
      `${strays.length} texts belong to no row of the outbox: ${strays.map(({ body }) => body).join(' | ')}`,
    ),
    ...world.customers.flatMap(({ phone }) => {
      const order = outbox
        .filter((row) => row.address === phone && row.state === 'sent')
        .map((row) => sent.findIndex(({ sid }) => sid === row.providerId));
      return complain(
        world.lateTexts() === 0 && order.some((place, index) => place < (order[index - 1] ?? -1)),
        `Texts to ${phone} arrived out of their order.`,
      );
    }),
  ];
}

/** From the customers' own words, in the order they were taken in. A START ends the STOP of its own address. */
function compareConsent({ messages, outbox, providers }: Books): readonly string[] {
  const arrived = new Set(providers.texts().map(({ sid }) => sid));
  const out = new Set<string>();
  return messages.flatMap(({ id, conversationId, author, text }) => {
    const word = author === 'customer' ? text.toLowerCase().replace(/[^a-z]/g, '') : '';
    if (word === 'stop') out.add(conversationId);
    if (word === 'start' || word === 'yes') out.delete(conversationId);
    const wasSent = outbox.some((row) => row.messageId === id && arrived.has(row.providerId ?? ''));
    return complain(out.has(conversationId) && wasSent, `Somebody said STOP and was sent: ${text}`);
  });
}
