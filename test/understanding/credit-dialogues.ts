import type { Dialogue } from './dialogues.ts';

/** Ines' cardigan of #1020 came 45 days ago: too late for money. */
const policy = `
window_days: 30
rules:
  - id: late-for-credit
    when: { days_since_delivery: { above: 30, at_most: 60 }, wish: store_credit }
    then: { window_days: 60, refund_to: store_credit }
  - id: offer-credit
    when: { days_since_delivery: { above: 30 }, wish: refund }
    then: { alternatives: [store_credit] }
`;
const ask = 'return the cardigan from 1020';
const offer = /I can offer you store credit instead\./;
const quoted =
  /^I can give you \$74\.00 as store credit for 1 x Alpaca Cardigan \(M\) from order #\d+\. .*Reply YES/;
const checked = ['find_order', 'check_return'];
const shirt = /^I can give you \$48\.00 as store credit for 1 x Blue Oxford Shirt \(M\)/;

type Row = readonly [Dialogue['who'], readonly string[], readonly string[], RegExp?, (readonly string[])?];

const groups: Readonly<Record<string, readonly Row[]>> = {
  'store credit that is offered': [
    ['ines', [ask], [], offer, checked],
    ['ines', ['Hi, the alpaca cardigan is itchy, can I send it back?'], [], offer],
    ['ines', [ask, 'yes'], [], quoted, checked],
    ['ines', [ask, 'yes store credit then'], [], quoted, checked],
    ['ines', [ask, 'ok the credit'], [], quoted, checked],
    ['ines', [ask, 'Store credit is fine'], [], quoted, checked],
    ['ines', [ask, 'stor credit pls'], [], quoted, checked],
    ['ines', [ask, '1'], [], quoted, checked],
    ['ines', [ask, 'fine, as a gift card please'], [], quoted, checked],
    ['ines', [ask, 'ok\n+\nstore credit works for me'], [], quoted, checked],
    ['ines', [ask, 'sure', 'yes'], ['1020 7400'], /\$74\.00/, ['submit_return']],
    ['ines', [ask, 'ill take the credit', 'yes please'], ['1020 7400'], /\$74\.00/, ['submit_return']],
    ['ines', [ask, 'credit', 'hmm', 'ok do it'], ['1020 7400'], /\$74\.00/, ['submit_return']],
    ['ines', [ask, 'no'], [], /^All right/, []],
    ['ines', [ask, 'no thanks', 'yes'], []],
    ['ines', [ask, 'yes', 'no'], [], /left order/, []],
    ['ines', [ask, 'what is store credit?'], [], /credit/i],
    ['ines', [ask, 'yes', 'where is my refund?'], [], /YES or NO for the store credit of \$74\.00/],
    ['ines', [ask, 'talk to a person'], [], /team/],
    ['ines', ['return the cardigan from 1020 for store credit', 'yes'], ['1020 7400'], /\$74\.00/],
  ],
  'store credit that is wished for': [
    ['jane', ['return the shirt from 1001 for store credit'], [], shirt, checked],
    ['jane', ['can I return the shirt from 1001, store credit is fine', 'yes'], ['1001 4800'], /\$48\.00/],
    ['jane', ['shirt 1001 back pls, as a gift card', 'yep'], ['1001 4800'], /\$48\.00/],
    ['jane', ['return the shirt from 1001', 'can i have store credit instead?'], [], shirt, checked],
    ['jane', ['return the shirt from 1001', 'credit instead please', 'yes'], ['1001 4800'], /\$48\.00/],
    [
      'jane',
      ['return the shirt from 1001 for credit', 'no wait, refund to my card please'],
      [],
      /refund \$48\.00/,
    ],
    ['jane', ['exchange the socks from 1001 for store credit', 'yes'], ['1001 1200'], /\$12\.00/],
    ['nia', ['2 mugs back for shop credit', 'yes'], ['1019 1800'], /\$18\.00/],
    ['nia', ['return 3 mugs for store credit', 'make it 2', 'yes'], ['1019 1800'], /\$18\.00/],
    ['jane', ['return the shirt from 1001 to my credit card', 'yes'], ['1001 4800'], /original payment/],
  ],
};

export const creditDialogues: readonly Dialogue[] = Object.entries(groups).flatMap(([kind, rows]) =>
  rows.map(([who, says, refunds, last, calls]) => {
    return { kind, who, says, refunds, policy, ...(last && { last }), ...(calls && { calls }) };
  }),
);
