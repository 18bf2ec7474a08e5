import type {
  CheckReturnArguments,
  FindOrderArguments,
  HandOffArguments,
  ProveIdentityArguments,
  SubmitReturnArguments,
} from '../../ports/tools.ts';
import type { Situation } from './read-situation.ts';

/** One answer of the guided model: a tool call, or the text that ends the turn. */
export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly name: 'find_order'; readonly arguments: FindOrderArguments }
  | { readonly kind: 'call'; readonly name: 'check_return'; readonly arguments: CheckReturnArguments }
  | { readonly kind: 'call'; readonly name: 'submit_return'; readonly arguments: SubmitReturnArguments }
  | { readonly kind: 'call'; readonly name: 'prove_identity'; readonly arguments: ProveIdentityArguments }
  | { readonly kind: 'call'; readonly name: 'hand_off'; readonly arguments: HandOffArguments };

export function say(text: string): Step {
  return { kind: 'say', text };
}

export function findOrder(orderNumber: string | undefined): Step {
  return { kind: 'call', name: 'find_order', arguments: { order_number: orderNumber ?? null } };
}

export function handOff(reason: string): Step {
  return { kind: 'call', name: 'hand_off', arguments: { reason } };
}

/**
 * Asks with `text` unless `core` already stood in the last texts we sent, `patience` of them in a row: then
 * the same question was not understood twice, and a person takes over.
 */
export function ask({ earlier }: Situation, text: string, core: string = text, patience = 2): Step {
  const texts = earlier.filter(({ who }) => who === 'agent').map(({ text }) => text);
  const times = texts.length - 1 - texts.findLastIndex((sent) => !sent.includes(core));
  return times < patience ? say(text) : handOff('not_understood');
}
