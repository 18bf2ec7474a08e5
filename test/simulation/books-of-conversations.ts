import { type Books, complain } from './books.ts';

/** Every message that came in is there once, and was answered once or given to a person. */
export function compareConversations(books: Books): readonly string[] {
  return [...compareInbox(books), ...compareAnswers(books), ...compareOutcomes(books)];
}

function compareInbox({ world, inbox, messages, conversations, senders }: Books): readonly string[] {
  const kept = new Set(
    inbox.filter(({ provider }) => provider === 'twilio').map((row) => row.providerMessageId),
  );
  const written = world.customers.flatMap(({ phone }) => {
    const sent = world.texts
      .filter((text) => text.from === phone && kept.has(text.sid))
      .map(({ body }) => body.replace(/\S+@\S+/g, '[e-mail]'));
    const sender = senders.find(({ address }) => address === phone);
    const conversation = conversations.find(({ senderId }) => senderId === sender?.id);
    const stored = messages
      .filter((row) => row.conversationId === conversation?.id && row.author === 'customer')
      .map(({ text }) => text);
    const isSame = JSON.stringify(sent.toSorted()) === JSON.stringify(stored.toSorted());
    return complain(!isSame, `${phone} sent ${JSON.stringify(sent)}; kept were ${JSON.stringify(stored)}.`);
  });
  return [
    ...written,
    ...world.texts.flatMap(({ sid, isAcknowledged }) =>
      complain(isAcknowledged && !kept.has(sid), `${sid} was acknowledged and is lost.`),
    ),
  ];
}

function compareAnswers({ messages, turns, conversations, outbox }: Books): readonly string[] {
  const asked = messages.filter(({ author }) => author === 'customer');
  return [
    ...asked.flatMap(({ answeredInTurn, text }) =>
      complain(answeredInTurn === null, `"${text}" waits for an answer.`),
    ),
    ...turns.flatMap(({ conversationId, number }) =>
      complain(
        !asked.some((row) => row.conversationId === conversationId && row.answeredInTurn === number),
        `Turn ${number} answered nothing.`,
      ),
    ),
    ...conversations.flatMap(({ id, turnStartedAt }) =>
      complain(turnStartedAt !== null, `A turn of ${id} never ended.`),
    ),
    ...messages.flatMap(({ id, author }) =>
      complain(
        author !== 'customer' && !outbox.some(({ messageId }) => messageId === id),
        `Message ${id} was said and never put into the outbox.`,
      ),
    ),
  ];
}

const done = /^(?:(?:Done: |We received )[\s\S]*? for order |Your order )(#\d+)/;

/** What customers were told of their refunds is what became of them, once each. */
function compareOutcomes({ refunds, messages }: Books): readonly string[] {
  return refunds.flatMap((row) => {
    const { id, state, toldAt, conversationId, orderName } = row;
    const own = messages.filter((each) => each.conversationId === conversationId && each.author === 'agent');
    const paid = refunds.filter(
      (each) =>
        each.conversationId === conversationId && each.orderName === orderName && each.state === 'refunded',
    );
    const told = own.filter(({ text }) => done.exec(text)?.[1] === orderName);
    return [
      ...complain(
        told.length !== paid.length,
        `${orderName}: ${paid.length} refunds, told ${told.length} times.`,
      ),
      ...complain(
        toldAt === null && mustBeTold.has(state),
        `Nobody was told that refund ${id} ended as ${state}.`,
      ),
    ];
  });
}

const mustBeTold: ReadonlySet<string> = new Set(['refunded', 'rejected', 'denied', 'stale']);
