import { expect, test } from 'vitest';
import type { LineItemId } from '../../src/returns/ids.ts';
import { sayArrival } from '../../src/returns/say-arrival.ts';

const line = (n: number, quantity: number) => ({
  lineId: `gid://shopify/LineItem/${n}` as LineItemId,
  title: n === 1 ? 'Linen Napkins' : `Thing ${n}`,
  variantTitle: n === 2 ? 'Blue' : undefined,
  quantity,
});
const usd = (minor: number) => ({ minor, currency: 'USD' });
const returnName = '#1001-R1';

test('says which pieces of how many came, and what is refunded for them', () => {
  const awaited = [line(1, 2), line(2, 3)];
  expect(sayArrival({ returnName, awaited, arrived: [line(1, 1), line(2, 3)], amount: usd(2400) })).toBe(
    '#1001-R1: 1 of 2 × Linen Napkins, 3 × Thing 2 (Blue); $24.00 is refunded',
  );
});

test('counts the lines it does not name, and says when no money moves', () => {
  const lines = Array.from({ length: 300 }, (_, n) => line(n + 3, 1));
  const said = sayArrival({ returnName, awaited: lines, arrived: lines, amount: usd(0) });
  expect(said).toContain('1 × Thing 12 and 290 more; no money moves for it');
});
