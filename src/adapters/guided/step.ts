import type {
  CancelReturnArguments,
  CheckCancellationArguments,
  CheckCodeArguments,
  CheckReturnArguments,
  FindCustomerArguments,
  FindOrderArguments,
  HandOffArguments,
  ListRefundsArguments,
  ProveIdentityArguments,
  ReturnStatusArguments,
  SendCodeArguments,
  SubmitReturnArguments,
} from '../../ports/tools.ts';
import type { Situation } from './read-situation.ts';

/** One answer of the guided model: a tool call, or the text that ends the turn. */
export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly name: 'find_order'; readonly arguments: FindOrderArguments }
  | { readonly kind: 'call'; readonly name: 'return_status'; readonly arguments: ReturnStatusArguments }
  | { readonly kind: 'call'; readonly name: 'check_return'; readonly arguments: CheckReturnArguments }
  | {
      readonly kind: 'call';
      readonly name: 'check_cancellation';
      readonly arguments: CheckCancellationArguments;
    }
  | { readonly kind: 'call'; readonly name: 'cancel_return'; readonly arguments: CancelReturnArguments }
  | { readonly kind: 'call'; readonly name: 'submit_return'; readonly arguments: SubmitReturnArguments }
  | { readonly kind: 'call'; readonly name: 'prove_identity'; readonly arguments: ProveIdentityArguments }
  | { readonly kind: 'call'; readonly name: 'send_code'; readonly arguments: SendCodeArguments }
  | { readonly kind: 'call'; readonly name: 'check_code'; readonly arguments: CheckCodeArguments }
  | { readonly kind: 'call'; readonly name: 'hand_off'; readonly arguments: HandOffArguments }
  | { readonly kind: 'call'; readonly name: 'find_customer'; readonly arguments: FindCustomerArguments }
  | { readonly kind: 'call'; readonly name: 'list_refunds'; readonly arguments: ListRefundsArguments };

export function say(text: string): Step {
  return { kind: 'say', text };
}

export function findOrder(orderNumber: string | undefined): Step {
  return { kind: 'call', name: 'find_order', arguments: { order_number: orderNumber ?? null } };
}

/** Without a number: of everything the sender asked for or bought. */
export function returnStatus(orderNumber: string | undefined): Step {
  return { kind: 'call', name: 'return_status', arguments: { order_number: orderNumber ?? null } };
}

/** A colleague is a person already: they are told what can be done instead. */
export function handOff({ facts, phrases }: Situation, reason: string): Step {
  if (facts.party === 'staff') return say(phrases.notUnderstood);
  return { kind: 'call', name: 'hand_off', arguments: { reason } };
}

/**
 * Asks with `text` unless `core` already stood in the last texts we sent, `patience` of them in a row: then
 * the same question was not understood twice, and a person takes over.
 */
export function ask(situation: Situation, text: string, core: string = text, patience = 2): Step {
  const { earlier, facts } = situation;
  if (facts.party === 'staff') return say(text);
  const texts = earlier.filter(({ who }) => who === 'agent').map(({ text }) => text);
  const times = texts.length - 1 - texts.findLastIndex((sent) => !sent.includes(core));
  return times < patience ? say(text) : handOff(situation, 'not_understood');
}
