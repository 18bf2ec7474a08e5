import type { Dialogue } from './dialogues.ts';

/** Omar's jacket of #1021, an M: there are also L, XL long for $8.00 more, and S, which is sold out. */
const toL =
  /^I can exchange 1 x Field Jacket \(M\) from order #\d+ for 1 x Field Jacket \(L\), nothing to pay/;
const list =
  /^What would you like in exchange for Field Jacket \(M\)\? 1\) M, 2\) L, 3\) XL long \(\$8\.00 more\)\. Sold out: S\.$/;
const picked = ['find_order', 'check_return', 'check_return'];
const ask = 'exchange the jacket from 1021';
const team = /team|person/;

type Row = readonly [readonly string[], RegExp, (readonly string[])?];

const groups: Readonly<Record<string, readonly Row[]>> = {
  'exchanges in one message': [
    [['exchange the field jacket from 1021 for a size L'], toL],
    [['Hi! Can I exchange the field jacket of order 1021 for a large please?'], toL],
    [['swap the jacket for an L pls, order 1021'], toL],
    [['field jacket is too small, need a large. order #1021'], toL],
    [['jacket 1021 wrong size, need a large'], toL],
    [['the jacket runs small, can i swap it for size L? its order 1021'], toL],
    [['excange? i want to swap the field jaket 1021 to L'], toL],
    [['1021\n+\nfield jacket\n+\nswap it for a large'], toL],
    [['I would like to exchange my field jacket for a size L'], toL],
    [['replace the jacket from 1021 with a large'], toL],
  ],
  'exchanges that are asked about': [
    [[ask], list, ['find_order', 'check_return']],
    [['wrong size field jacket 1021, can i exchange it'], list],
    [[ask, 'L'], toL],
    [[ask, '2'], toL],
    [[ask, 'the second one'], toL],
    [[ask, 'large please'], toL],
    [[ask, 'lrg'], toL],
    [[ask, 'size L pls'], toL],
    [[ask, 'the large one'], toL],
    [[ask, 'um', 'L'], toL],
    [[ask, 'in yellow'], list],
    [[ask, 'S'], /^S is sold out\. What would you like in exchange/],
    [['exchange the jacket from 1021 for a small'], /^S is sold out\./, picked],
    [['exchange the jacket from 1021 for a small', 'then L'], toL],
    [[ask, 'no thanks'], /^All right/, []],
    [[ask, 'talk to a person'], team],
    [[ask, 'actually just refund it'], /^I can refund \$96\.00 for 1 x Field Jacket/],
  ],
  'exchanges that would cost more': [
    [['swap the jacket from 1021 for the XL long'], team],
    [[ask, 'xl'], team],
    [[ask, 'the long one'], team],
  ],
  'exchanges that change': [
    [['exchange the jacket from 1021 for L', 'no'], /left order/, []],
    [['exchange the jacket from 1021 for L', 'hmm'], /Reply YES/],
    [['exchange the jacket from 1021 for L', 'refund me the money instead'], /^I can refund \$96\.00/],
    [
      ['exchange the jacket from 1021 for L', 'store credit instead'],
      /^I can give you \$96\.00 as store credit/,
    ],
    [['return the jacket from 1021', "i'd rather have it in L"], toL],
    [['return the jacket from 1021, too small', 'exchange it for a large instead'], toL],
    [['exchange the jacket from 1021 for L', 'where is my refund?'], /YES or NO for the exchange/],
  ],
};

export const exchangeDialogues: readonly Dialogue[] = Object.entries(groups).flatMap(([kind, rows]) =>
  rows.map(([says, last, calls]) => ({
    kind,
    who: 'omar' as const,
    says,
    refunds: [],
    last,
    ...(calls && { calls }),
  })),
);
