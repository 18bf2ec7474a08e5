import type { ModelUsage } from '../../ports/model.ts';

type Price = {
  readonly input: number;
  readonly cachedInput: number;
  /** Input is billed at this rate when it is also kept for later requests. */
  readonly cacheWrite: number;
  readonly output: number;
};

/**
 * As of 2026-11-22, in USD per million tokens, which is micro-dollars per token.
 * https://developers.openai.com/api/docs/pricing
 */
const prices: ReadonlyMap<string, Price> = new Map([
  ['gpt-6-luna', { input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5 }],
  ['gpt-6.1-terra', { input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5 }],
  ['gpt-6-sol', { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10 }],
  ['gpt-6.1-sol', { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10 }],
  ['gpt-6-astra', { input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50 }],
]);

const longInputTokens = 272_000;

/**
 * Whole micro-dollars, rounded up. An upper bound, because a budget hangs on it: fresh input counts as
 * written to the cache, and a model without a known price costs what the dearest known one does.
 */
export function costInMicroUsd(model: string, usage: ModelUsage): number {
  const price = priceOf(model);
  const long = usage.inputTokens > longInputTokens;
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const input = (usage.inputTokens - cached) * price.cacheWrite + cached * price.cachedInput;
  const cost = input * (long ? 2 : 1) + usage.outputTokens * price.output * (long ? 1.5 : 1);
  // Tokens times cents leave crumbs behind the sixth decimal that must not round a whole number up.
  return Math.ceil(Number(cost.toFixed(6)));
}

function priceOf(model: string): Price {
  const known = prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  return (
    known ??
    [...prices.values()].reduce((dearest, price) => (price.output > dearest.output ? price : dearest))
  );
}
