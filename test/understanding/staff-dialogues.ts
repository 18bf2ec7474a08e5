export type StaffDialogue = {
  /** Texts of one thread, each after the answer to the one before. */
  readonly says: readonly string[];
  /** What the last of them leads to, and nothing else. */
  readonly calls: readonly string[];
  /** Fits the last answer. */
  readonly reply?: RegExp;
  readonly refunds?: readonly string[];
};

const shirt = 'check_return #1001 Blue Oxford Shirt x1';
const shown1001 =
  /^Order #1001, placed on \w+ \d+, delivered on \w+ \d+: 1 x Blue Oxford Shirt .* at \$48\.00/;
const abilities = /show an order, find a customer's orders/;
const listOfJane = /^The customer's orders, newest first:\n1\) #1008 of \w+ \d+ \(Oak Stool\)\n2\) /;

const looks: readonly (readonly [string, readonly string[], RegExp?])[] = [
  ['1001', ['find_order 1001'], shown1001],
  ['#1001', ['find_order 1001'], shown1001],
  ['order 1001', ['find_order 1001'], shown1001],
  ['show order 1001', ['find_order 1001'], shown1001],
  ['show me #1001 please', ['find_order 1001'], shown1001],
  ['Look up 1001', ['find_order 1001'], shown1001],
  ['can you look up order #1001?', ['find_order 1001'], shown1001],
  ["what's the status of order 1001", ['find_order 1001'], shown1001],
  ['status of 1001?', ['find_order 1001'], shown1001],
  ['status 1001', ['find_order 1001'], shown1001],
  ['hi, could you please pull up order 1001', ['find_order 1001'], shown1001],
  ["what's in order 1001", ['find_order 1001'], shown1001],
  ['where is order 1001', ['find_order 1001'], shown1001],
  ['has 1001 been delivered yet', ['find_order 1001'], shown1001],
  ['Has 1001 been refunded?', ['return_status'], /^I see no refund for order #1001 so far\./],
  ['did the refund for 1001 go through?', ['return_status'], /order #1001/],
  ['status of the refund for #1001 please', ['return_status'], /order #1001/],
  ['did we refund 1001?', ['return_status'], /^I see no refund for order #1001/],
  ['was the customer of 1001 refunded', ['return_status'], /order #1001/],
  ['where is the refund of 1001', ['return_status'], /order #1001/],
  ['refund status of 9999', ['find_order 9999'], /^There is no order #9999\.$/],
  ['was order 1001 returned', ['find_order 1001'], shown1001],
  ['what can be returned from 1001?', ['find_order 1001'], shown1001],
  ['details for 1001', ['find_order 1001'], shown1001],
  ['give me the details of order no. 1001', ['find_order 1001'], shown1001],
  ['check on order 1001', ['find_order 1001'], shown1001],
  ['any news on 1001?', ['find_order 1001'], shown1001],
  ['which items did she buy in 1001?', ['find_order 1001'], shown1001],
  ['order 1005', ['find_order 1005'], /2 x Ceramic Planter \(White\) at \$36\.00, 1 left to return/],
  ['show order 9999', ['find_order 9999'], /^There is no order #9999\.$/],
  ['show 1001 and 1004', ['find_order 1001', 'find_order 1004'], /#1001,.*\nOrder #1004,/],
  ['orders 1001, 9999', ['find_order 1001', 'find_order 9999'], /#1001,.*\nThere is no order #9999\./],
  ['show me an order', [], /^Which order is it\?/],
  ["what's the status of the order", [], /^Which order is it\?/],
];

const customers: readonly (readonly [string, readonly string[], RegExp?])[] = [
  ['orders of +1 555 123 0001', ['find_customer +1 555 123 0001'], listOfJane],
  ['orders of +15551230001', ['find_customer +15551230001'], listOfJane],
  ['what did (555) 123-0001 buy?', ['find_customer (555) 123-0001'], listOfJane],
  ['555-123-0001', ['find_customer 555-123-0001'], listOfJane],
  ['find customer 15551230001', ['find_customer 15551230001'], listOfJane],
  ['orders for 001 555 123 0001', ['find_customer 001 555 123 0001'], listOfJane],
  ['orders of <tel:+15551230001|+1 555 123 0001>', ['find_customer +15551230001'], listOfJane],
  ['orders of jane@example.com', ['find_customer [e-mail 1]'], listOfJane],
  ['Look up JANE@example.com', ['find_customer [e-mail 1]'], listOfJane],
  ['jane@example.com', ['find_customer [e-mail 1]'], listOfJane],
  ['orders of <mailto:jane@example.com|jane@example.com>', ['find_customer [e-mail 1]'], listOfJane],
  ['did jane@example.com order anything recently?', ['find_customer [e-mail 1]'], listOfJane],
  ['orders of nobody@example.com', ['find_customer [e-mail 1]'], /^I found no orders/],
  ['orders of +1 555 999 9999', ['find_customer +1 555 999 9999'], /^I found no orders/],
  ['priya@example.com', ['find_customer [e-mail 1]', 'find_order 1017'], /^Order #1017/],
  ['orders of Jane Doe', [], /phone number or e-mail address/],
  ["show me Jane's orders", [], /phone number or e-mail address/],
  ['find a customer', [], /phone number or e-mail address/],
];

const refunds: readonly (readonly [string, readonly string[], RegExp?])[] = [
  ['what was refunded today', ['list_refunds']],
  ['What was refunded today?', ['list_refunds']],
  ['refunds today?', ['list_refunds']],
  ["today's refunds", ['list_refunds']],
  ['show refunds', ['list_refunds']],
  ['refunds', ['list_refunds']],
  ['list all refunds of today please', ['list_refunds']],
  ['how much did we refund today?', ['list_refunds']],
  ['how many refunds so far?', ['list_refunds']],
  ['did we refund anyone this morning', ['list_refunds']],
  ['any refunds since midnight?', ['list_refunds']],
  ['how much money was paid back today', ['list_refunds']],
  ['what was refunded yesterday?', [], /today's refunds/],
  ['refunds this week', [], /today's refunds/],
];

const returns: readonly (readonly [string, readonly string[], RegExp?])[] = [
  [
    'return the blue shirt from 1001 for Jane because it is damaged',
    ['find_order 1001', `${shirt} damaged`],
    /^I can refund \$48\.00 .* to the customer's original payment method\. Reply YES/,
  ],
  ['return the blue shirt from 1001', ['find_order 1001', `${shirt} unwanted`], /Reply YES/],
  ['refund the blue shirt from order 1001', ['find_order 1001', `${shirt} unwanted`]],
  ['please start a return for order 1001: the shirt, too small', ['find_order 1001', `${shirt} too_small`]],
  ['Jane wants to return the shirt from 1001', ['find_order 1001', `${shirt} unwanted`]],
  ['can you refund the shirt of #1001? it arrived broken', ['find_order 1001', `${shirt} damaged`]],
  ['open a return for 1001, blue oxford shirt, wrong item sent', ['find_order 1001', `${shirt} wrong_item`]],
  [
    'the customer of 1001 asked for a refund of the shirt, it is too small',
    ['find_order 1001', `${shirt} too_small`],
  ],
  [
    'return everything from 1001',
    ['find_order 1001', 'check_return #1001 Blue Oxford Shirt x1, Cotton Socks x1 unwanted'],
  ],
  [
    'return the oak stool for jane@example.com',
    ['find_customer [e-mail 1]', 'find_order 1008', 'check_return #1008 Oak Stool x1 unwanted'],
    /colleague to do in the Shopify admin/,
  ],
  [
    'jane (+1 555 123 0001) wants to return the blue oxford shirt',
    ['find_customer +1 555 123 0001', 'find_order 1001', `${shirt} unwanted`],
  ],
  [
    'return the desk from 1002',
    ['find_order 1002', 'check_return #1002 Walnut Desk x1 unwanted'],
    /other than you/,
  ],
  [
    'return the vase from 1003',
    ['find_order 1003', 'check_return #1003 Stoneware Vase x1 unwanted'],
    /^That is not possible\. The return window/,
  ],
  [
    'return the rattan chair from 1004',
    ['find_order 1004', 'check_return #1004 Rattan Chair x1 unwanted'],
    /Final sale/,
  ],
  [
    'return something from 1001',
    ['find_order 1001'],
    /^What would you like to return from order #1001\? 1\)/,
  ],
  ['return the shirt from 9999', ['find_order 9999'], /^There is no order #9999\.$/],
  ['I need to return something for a customer', [], /^Which order is it\?/],
];

const talk: readonly (readonly [string, readonly string[], RegExp?])[] = [
  ['help', [], abilities],
  ['what can you do?', [], abilities],
  ['how does this work', [], abilities],
  ['hi', [], abilities],
  ['thanks!', [], /^You're welcome\.$/],
  ['yes', [], /^Nothing waits/],
  ['no', [], /^All right\.$/],
  ['write me a poem', [], abilities],
  ['I want to talk to a human', [], abilities],
  ['the customer is furious and threatens to sue us', [], abilities],
  ['asdf qwer', [], abilities],
  ['what is the return policy?', [], /30 days/],
  ['is there a restocking fee?', [], /fee/],
];

const threads: readonly StaffDialogue[] = [
  {
    says: ['return the blue shirt from 1001, damaged', 'yes'],
    calls: ['submit_return'],
    reply: /^OK\. The refund of \$48\.00 for order #1001 is being made now; I will say so here/,
    refunds: ['#1001 4800 approved'],
  },
  {
    says: ['return the desk from 1002', 'yes, go ahead'],
    calls: ['submit_return'],
    reply: /waits for an approver other than you/,
    refunds: ['#1002 42000 awaiting-approval'],
  },
  {
    says: ['return the desk from 1002', 'yes', 'no, stop that'],
    calls: [],
    refunds: ['#1002 42000 awaiting-approval'],
  },
  { says: ['return the shirt from 1001', 'no'], calls: [], reply: /left order #1001 as it is/ },
  {
    says: ['return the shirt from 1001', 'what else is in it?'],
    calls: ['find_order 1001'],
    reply: shown1001,
  },
  {
    says: ['return the shirt from 1001', 'the socks instead'],
    calls: ['find_order 1001', 'check_return #1001 Cotton Socks x1 unwanted'],
  },
  {
    says: ['return the shirt from 1001', 'what was refunded today?', 'yes'],
    calls: ['submit_return'],
  },
  {
    says: ['show order 1001', 'return the blue shirt, it is damaged'],
    calls: ['find_order 1001', `${shirt} damaged`],
  },
  { says: ['what was refunded today', '1001'], calls: ['find_order 1001'], reply: shown1001 },
  { says: ['has 1001 been refunded?', 'and 1004?'], calls: ['find_order 1004'], reply: /^Order #1004/ },
  {
    says: ['orders of jane@example.com', 'the second one'],
    calls: ['find_order 1007'],
    reply: /^Order #1007/,
  },
  { says: ['orders of jane@example.com', '1'], calls: ['find_order 1008'], reply: /^Order #1008/ },
  { says: ['orders of jane@example.com', 'the one with the canvas tote'], calls: ['find_order 1007'] },
  { says: ['show 1001', 'orders of jane@example.com', 'the first'], calls: ['find_order 1008'] },
  {
    says: ["show me Jane's orders", 'jane@example.com'],
    calls: ['find_customer [e-mail 1]'],
    reply: listOfJane,
  },
  {
    says: ['a customer wants to return the shirt', '1001'],
    calls: ['find_order 1001', `${shirt} unwanted`],
  },
  { says: ['return something from 1001', 'the shirt'], calls: ['find_order 1001', `${shirt} unwanted`] },
  { says: ['blah', 'blub', 'bla bla'], calls: [], reply: abilities },
  { says: ['I need to return something', 'umm', 'well', 'hm'], calls: [], reply: /^Which order is it\?/ },
];

export const staffDialogues: readonly StaffDialogue[] = [
  ...[looks, customers, refunds, returns, talk]
    .flat()
    .map(([text, calls, reply]) => ({ says: [text], calls, ...(reply && { reply }) })),
  ...threads,
];
