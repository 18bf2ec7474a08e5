import type { StaffDialogue } from './staff-dialogues.ts';

const jacket = 'check_return #1021 Field Jacket x1';
const toL =
  /^I can exchange 1 x Field Jacket \(M\) from order #1021 for 1 x Field Jacket \(L\), nothing to pay, .*Reply YES/;
const which = /^What would you like in exchange for Field Jacket \(M\)\? 1\) M, 2\) L, 3\) XL long/;
const credit =
  /^I can give the customer \$48\.00 as store credit for 1 x Blue Oxford Shirt \(M\) from order #1001\..*Reply YES/;
const exchange = 'exchange';

const rows: readonly (readonly [readonly string[], readonly string[], RegExp])[] = [
  [
    ['exchange the field jacket from 1021 for a size L'],
    ['find_order 1021', `${jacket} unwanted ${exchange}`, `${jacket} unwanted ${exchange}`],
    toL,
  ],
  [
    ['customer of 1021 wants to swap the jacket for an L, too small'],
    ['find_order 1021', `${jacket} too_small ${exchange}`, `${jacket} too_small ${exchange}`],
    toL,
  ],
  [['exchange the jacket of 1021'], ['find_order 1021', `${jacket} unwanted ${exchange}`], which],
  [
    ['exchange the jacket of 1021', '2'],
    ['find_order 1021', `${jacket} unwanted ${exchange}`, `${jacket} unwanted ${exchange}`],
    toL,
  ],
  [['exchange the jacket of 1021', 'L'], ['find_order 1021', `${jacket} unwanted ${exchange}`], toL],
  [
    ['exchange the jacket of 1021 for a small'],
    ['find_order 1021', `${jacket} unwanted ${exchange}`, `${jacket} unwanted ${exchange}`],
    /^S is sold out\./,
  ],
  [['exchange the jacket of 1021 for L', 'no'], [], /left order #1021/],
  [
    ['exchange the jacket of 1021 for XL long'],
    ['find_order 1021', `${jacket} unwanted ${exchange}`, `${jacket} unwanted ${exchange}`],
    /colleague to do in the Shopify admin/,
  ],
  [
    ['return the blue shirt from 1001 for store credit'],
    ['find_order 1001', 'check_return #1001 Blue Oxford Shirt x1 unwanted store_credit'],
    credit,
  ],
  [
    ['return the blue shirt from 1001', 'as store credit please'],
    ['find_order 1001', 'check_return #1001 Blue Oxford Shirt x1 unwanted store_credit'],
    credit,
  ],
  [
    ['1001: shirt back, customer takes store credit', 'yes'],
    ['submit_return'],
    /store credit of \$48\.00 for order #1001/,
  ],
  [
    ['give the customer of 1001 store credit for the blue shirt'],
    ['find_order 1001', 'check_return #1001 Blue Oxford Shirt x1 unwanted store_credit'],
    credit,
  ],
  [
    ['exchange the jacket of 1021 for L', 'refund it instead'],
    ['find_order 1021', `${jacket} unwanted`],
    /^I can refund \$96\.00/,
  ],
  [['exchange the field jacket from 1021 for a size L', 'yes'], ['submit_return'], /return for order #1021/],
  [
    ['exchange the field jacket from 1021 for a size L', 'yes', 'return the field jacket from 1021'],
    ['find_order 1021', `${jacket} unwanted`],
    /^Field Jacket is part of a return already\./,
  ],
  [
    [
      'return the cast iron pot from 1023, it arrived damaged',
      'yes',
      'return one olive wood spoon from 1023',
    ],
    ['find_order 1023', 'check_return #1023 Olive Wood Spoon x1 unwanted'],
    /^I can refund \$/,
  ],
  [['cancel the return for 1001'], ['cancel_return 1001'], /./],
  [['please cancel the return of order #1001'], ['cancel_return 1001'], /./],
];

export const staffExchangeDialogues: readonly StaffDialogue[] = rows.map(([says, calls, reply]) => ({
  says,
  calls,
  reply,
}));
