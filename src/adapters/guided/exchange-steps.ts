import type {
  CheckReturnArguments,
  CheckReturnResult,
  FindOrderResult,
  OrderItemView,
} from '../../ports/tools.ts';
import { plainText, stemOf, wordsOf } from './item-words.ts';
import { matchVariant } from './match-variant.ts';
import type { Situation } from './read-situation.ts';
import { ask, handOff, type Step, say } from './step.ts';

type VariantQuestion = Extract<CheckReturnResult, { readonly status: 'choose_variant' }>;

/** Checks again with the variant the customer's words name, the latest first; asks when they name none. */
export function chooseVariant(
  situation: Situation,
  { line_id, variants, say: question }: VariantQuestion,
  asked: CheckReturnArguments,
): Step {
  const item = findItem(situation, line_id);
  const given = asked.items.find((each) => each.line_id === line_id)?.exchange_for;
  const isAnswered = variants.some(({ ref }) => ref === given);
  const isSameAgain = variants.every(({ title, available }) => !available || title === item?.variant);
  const wantsSame = situation.request.variantTexts.length === 0 && given === null;
  if (isSameAgain && !wantsSame) return handOff(situation, 'needs_person');
  const chosen = isAnswered
    ? undefined
    : textsAbout(situation, item)
        .map((text) => matchVariant(text, variants, item?.variant ?? undefined, situation.vocabulary))
        .find((variant) => variant !== undefined);
  if (chosen === undefined) return isAnswered ? say(question) : ask(situation, question);
  const items = asked.items.map((each) =>
    each.line_id === line_id ? { ...each, exchange_for: chosen.ref } : each,
  );
  return { kind: 'call', name: 'check_return', arguments: { ...asked, items } };
}

/** Newest first: what was named as wanted, then anything said, then what an open quote has. */
function textsAbout(
  { request, quote, itemTexts, vocabulary }: Situation,
  item: OrderItemView | undefined,
): readonly string[] {
  const words = new Set(wordsOf(plainText(`${item?.title ?? ''} ${item?.variant ?? ''}`)).map(toStem));
  function toStem(word: string): string {
    return stemOf(word, vocabulary);
  }
  const withoutItem = (text: string) =>
    text.replace(/[\p{L}\p{N}]+/gu, (word) => (words.has(toStem(word)) ? ' ' : word));
  const rest = quote === undefined ? request.itemTexts : itemTexts;
  return [
    ...request.variantTexts.toReversed(),
    ...rest.toReversed().map(withoutItem),
    ...(quote?.exchange ?? []).map((title) => /\(([^()]*)\)$/.exec(title)?.[1] ?? title),
  ];
}

function findItem({ calls }: Situation, lineId: string): OrderItemView | undefined {
  return calls
    .filter(({ name, result }) => name === 'find_order' && result?.status === 'found')
    .flatMap(({ result }) => (result as Extract<FindOrderResult, { status: 'found' }>).order.items)
    .find(({ line_id }) => line_id === lineId);
}
