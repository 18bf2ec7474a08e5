import { describe, expect, it } from 'vitest';
import { costInMicroUsd } from '../../../src/adapters/openai/price.ts';

const million = { inputTokens: 100_000, cachedInputTokens: 0, outputTokens: 100_000 };

describe('costInMicroUsd', () => {
  it.each([
    ['gpt-6-luna', 12_500 + 50_000],
    ['gpt-6.1-terra', 125_000 + 500_000],
    ['gpt-6-sol', 250_000 + 1_000_000],
    ['gpt-6.1-sol', 250_000 + 1_000_000],
    ['gpt-6-astra', 1_250_000 + 5_000_000],
  ])('prices 100,000 tokens in and out of %s', (model, cost) => {
    expect(costInMicroUsd(model, million)).toBe(cost);
  });

  it('charges cached input at its own price', () => {
    const usage = { inputTokens: 3_000, cachedInputTokens: 2_000, outputTokens: 0 };
    expect(costInMicroUsd('gpt-6-luna', usage)).toBe(125 + 20);
  });

  it('never cheats itself: fractions round up, unknown models cost what the dearest does', () => {
    expect(costInMicroUsd('gpt-6-luna', { inputTokens: 1, cachedInputTokens: 1, outputTokens: 0 })).toBe(1);
    expect(costInMicroUsd('llama3', million)).toBe(costInMicroUsd('gpt-6-astra', million));
    expect(costInMicroUsd('gpt-6-luna-pro', million)).toBe(costInMicroUsd('gpt-6-astra', million));
  });

  it('knows a dated snapshot by its model', () => {
    expect(costInMicroUsd('gpt-6-luna-2026-09-22', million)).toBe(costInMicroUsd('gpt-6-luna', million));
  });

  it('doubles input and adds half to output above 272,000 tokens', () => {
    const usage = { inputTokens: 272_001, cachedInputTokens: 272_001, outputTokens: 1_000 };
    expect(costInMicroUsd('gpt-6-astra', usage)).toBe(544_002 + 75_000);
  });

  it('costs nothing when nothing was used', () => {
    expect(costInMicroUsd('gpt-6-luna', { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 })).toBe(0);
  });
});
