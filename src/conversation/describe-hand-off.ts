import type { ConversationFacts } from '../ports/tools.ts';
import type { Message } from '../storage/conversations.ts';

type HandOffDescription = { readonly summary: string; readonly known: readonly string[] };

/** From facts alone: whoever takes over must be able to rely on every word. */
export function describeHandOff(facts: ConversationFacts, messages: readonly Message[]): HandOffDescription {
  const last = messages.findLast((message) => message.author === 'customer');
  const [quote] = facts.open_quotes;
  const [refund] = facts.refunds;
  return {
    summary: [
      last ? `The customer wrote last: ${quoteText(last.text)}` : 'The customer has not written yet.',
      quote && describeQuote(quote),
      refund && describeRefund(refund),
    ]
      .filter((sentence) => sentence !== undefined)
      .join(' '),
    known: [
      facts.proven_orders.length > 0
        ? `Orders the customer has proven to own: ${facts.proven_orders.join(', ')}`
        : 'The customer has not proven to own any order.',
      ...facts.open_quotes.map(describeQuote),
      ...facts.refunds.map(describeRefund),
    ],
  };
}

const longest = 300;

/** Only we close the quotation: behind it stand facts, and the customer's words must not pass for one. */
function quoteText(text: string): string {
  const characters = [...text.replace(/[“”„‟″]/g, '"')];
  return `“${characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('')}”`;
}

function describeQuote(quote: ConversationFacts['open_quotes'][number]): string {
  const items = quote.items.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ');
  const state = quote.shown ? 'waits for the customer’s yes' : 'was not shown yet';
  return `A quote of ${quote.amount} for order ${quote.order_number} (${items}) ${state}.`;
}

function describeRefund(refund: ConversationFacts['refunds'][number]): string {
  return `Refund of ${refund.amount} for order ${refund.order_number}: ${refund.state.replaceAll('-', ' ')}.`;
}
