import type { NotFound, Unavailable } from '../ports/tools.ts';
import type { Asker } from '../refunds/read-order.ts';
import type { Settlement } from '../returns/quote.ts';

/** What tools say, as the one who asked has to read it: the buyer, or a colleague who asks for them. */
export type ToolWords = {
  /** Undefined: no number could be read. */
  notFound(orderNumber: string | undefined): NotFound;
  readonly unavailable: Unavailable;
  readonly paymentMethod: string;
  /** Who gets the store credit. */
  readonly receiver: string;
  /** What happens after a yes to something that travels back. */
  readonly wayBack: string;
  readonly review: string;
  readonly askPhoto: string;
  /** Said before anybody agrees to something that could not be done. */
  readonly nobodyMayApprove: string;
  readonly approvalMissing: string;
  submitted(agreed: Agreed): string;
  /** The same while the kill switch holds every refund. */
  held(agreed: Agreed): string;
  awaitingApproval(agreed: Agreed): string;
  readonly waitsAlready: string;
  readonly underWay: string;
  readonly isReturned: string;
};

export type Agreed = {
  /** `refund of $24.00`, `store credit of $25.20`, `exchange`, `cancellation`. */
  readonly what: string;
  readonly order: string;
  readonly settles: Settlement | undefined;
};

export function wordsFor({ conversation }: Pick<Asker, 'conversation'>): ToolWords {
  return words[conversation.party];
}

/** The same for an unknown order, somebody else's and one not yet proven. */
const notProven: NotFound = {
  status: 'not_found',
  say: "I couldn't find that order for you. To look it up, please send me its number, the e-mail address on it and the postal code it was shipped to.",
};

const words: Readonly<Record<Asker['conversation']['party'], ToolWords>> = {
  customer: {
    notFound: () => notProven,
    unavailable: {
      status: 'unavailable',
      say: "I can't reach the shop's order system right now. Please try again in a few minutes, or ask for a person.",
    },
    paymentMethod: 'your original payment method',
    receiver: 'you',
    wayBack: 'After your yes I write here how to send it back.',
    review: 'A manager has to approve this one first.',
    askPhoto:
      'For this return I need a photo first. Please send me one here that shows the item and what is wrong with it, or ask for a person if you cannot.',
    nobodyMayApprove: 'A refund of this size has to be handled by a person in our team.',
    approvalMissing: 'Someone from our team has to handle this refund. I am passing it on to them.',
    submitted: ({ what, order, settles }) =>
      settles === 'on_arrival'
        ? `Thank you. I am opening the return for order ${order} and will write here how to send it back. Your ${what} follows once it has arrived.`
        : `Thank you. Your ${what} for order ${order} is being made now; I will confirm here when it is done.`,
    held: ({ what, order }) =>
      `Thank you. Your ${what} for order ${order} is accepted. The store has put all refunds on hold for now; yours follows when they go on, and I will confirm here.`,
    awaitingApproval: ({ what, order }) =>
      `Thank you. A manager has to look at the ${what} for order ${order}. I will write to you here as soon as they decide.`,
    waitsAlready: 'That return is already with a manager; I will write to you as soon as they decide.',
    underWay: 'That refund is already under way; I will confirm here when it is done.',
    isReturned: 'That return is already open; I will confirm here when it has arrived and is settled.',
  },
  staff: {
    notFound: (orderNumber) => ({
      status: 'not_found',
      say: orderNumber
        ? `There is no order ${/^\d/.test(orderNumber) ? '#' : ''}${orderNumber}.`
        : 'Which order is it? Please give me its number.',
    }),
    unavailable: {
      status: 'unavailable',
      say: "I can't reach the shop's order system right now. Please try again in a few minutes.",
    },
    paymentMethod: "the customer's original payment method",
    receiver: 'the customer',
    wayBack: 'After your yes I say here how it is sent back.',
    review: 'An approver other than you has to approve this one first.',
    askPhoto: 'The policy wants a photo of the customer for this return.',
    nobodyMayApprove: 'A refund of this size needs an approval, and approvals are not set up.',
    approvalMissing:
      'This refund needs an approval, and approvals are not set up. It can only be made in the Shopify admin.',
    submitted: ({ what, order, settles }) =>
      settles === 'on_arrival'
        ? `OK. The return for order ${order} is being opened; I will say here how to send it back. The ${what} follows once it has arrived.`
        : `OK. The ${what} for order ${order} is being made now; I will say so here when it is done.`,
    held: ({ what, order }) =>
      `OK. The ${what} for order ${order} is accepted. Refunds are paused; it follows when an approver resumes them, and I will say so here.`,
    awaitingApproval: ({ what, order }) =>
      `OK. The ${what} for order ${order} now waits for an approver other than you; I will say here what they decide.`,
    waitsAlready: 'That refund already waits for an approver; I will say here what they decide.',
    underWay: 'That refund is already under way; I will say so here when it is done.',
    isReturned: 'That return is already open; I will say so here when it has arrived and is settled.',
  },
};
