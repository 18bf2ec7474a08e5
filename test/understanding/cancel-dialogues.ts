import type { Dialogue } from './dialogues.ts';

const offer =
  /^I can cancel order #\d+ \(1 x Oak Stool\)\. \$78\.00 goes back to your original payment method\. Reply YES/;
const again =
  /I can cancel order #\d+ \(1 x Oak Stool\), and \$78\.00 goes back\. Reply YES to go ahead, or NO to keep the order\.$/;
const done = /^Your order #\d+ is cancelled; \$78\.00 goes back to your original payment method/;
const kept = /^OK, order #\d+ stays as it is\. Nothing was cancelled\.$/;
const shipped = /has been shipped already, so it can't be cancelled any more/;
const unseen = /couldn't find that order|To look up the order I need/;

/** Order 1008, an oak stool of Jane's, is the one that was not shipped. */
const groups: Readonly<
  Record<string, readonly (readonly [Dialogue['who'], readonly string[], string[], RegExp?])[]>
> = {
  'cancelling what was not shipped': [
    ['jane', ['cancel my order #1008', 'yes'], ['1008 7800'], done],
    ['jane', ['Please cancel 1008, I ordered it twice', 'yes'], ['1008 7800'], done],
    ['jane', ['hi can i still cancel order 1008?', 'yes please'], ['1008 7800'], done],
    ['jane', ['I want to cancel my order', '1008', 'Yes'], ['1008 7800'], done],
    ['jane', ['I need to cancel the oak stool I ordered yesterday', 'yep'], ['1008 7800'], done],
    ['jane', ['cancle order 1008 pls', 'ok'], ['1008 7800'], done],
    ['jane', ['Is it possible to cancel #1008?', 'yes cancel it'], ['1008 7800'], done],
    ['jane', ["don't ship my order 1008, I changed my mind", 'yes'], ['1008 7800'], done],
    ['jane', ['I would like order 1008 cancelled', 'yes, please cancel my order'], ['1008 7800'], done],
    ['jane', ['stop my order 1008 please', 'go ahead'], ['1008 7800'], done],
    ['jane', ['how do I cancel an order', '#1008', 'yes'], ['1008 7800'], done],
    ['jane', ['ordered 1008 by mistake\n+\ncan you cancel it', 'yes'], ['1008 7800'], done],
    [
      'freya',
      ['cancel my order #1022 please', 'yes'],
      ['1022 7683'],
      /^Your order #\d+ is cancelled; \$76\.83 goes back/,
    ],
    ['jane', ['call off order 1008', 'do it'], ['1008 7800'], done],
    ['jane', ['can you cancel my order please', 'the stool', 'yes'], ['1008 7800'], done],
    ['jane', ['return the shirt from 1001', 'can you cancel my order 1008 too?', 'yes'], ['1008 7800'], done],
    ['jane', ['Cancel order.', '1008', 'yes thanks'], ['1008 7800'], done],
    ['jane', ['i no longer want 1008, please cancel', 'yes'], ['1008 7800'], done],
  ],
  'cancelling, and no yes': [
    ['jane', ['cancel my order 1008'], [], offer],
    ['jane', ['cancel my order 1008', 'no'], [], kept],
    ['jane', ['cancel my order 1008', "no don't cancel it"], [], kept],
    ['jane', ['cancel my order 1008', 'keep the order'], [], kept],
    ['jane', ['cancel my order 1008', 'hmm maybe'], [], again],
    ['jane', ['cancel my order 1008', 'how long does the refund take?'], [], again],
    ['jane', ['cancel my order 1008', 'cancel it'], [], /Reply YES to go ahead, or NO to keep the order\.$/],
    [
      'jane',
      ['cancel my order 1008', 'yes cancel the return'],
      [],
      /Reply YES to go ahead, or NO to keep the order\.$/,
    ],
    ['jane', ['cancel my order 1008', 'hmm', 'yes'], ['1008 7800'], done],
    ['jane', ['cancel my order 1008', 'yes', 'yes'], ['1008 7800']],
    ['jane', ["please don't cancel my order 1008"], []],
    ['jane', ['what is your cancellation policy'], []],
    ['jane', ['was my order 1008 cancelled?'], []],
    ['jane', ['did you cancel my order 1008?', 'yes'], []],
    ['jane', ['why was order 1009 cancelled', 'ok'], []],
  ],
  'cancelling what cannot be cancelled': [
    ['jane', ['cancel order 1001', 'yes'], []],
    ['jane', ['cancel order 1001'], [], shipped],
    ['jane', ['can I cancel 1007? it has not arrived'], [], shipped],
    ['jane', ['cancel my order 1009'], [], /^Order #\d+ is cancelled already\.$/],
    ['jane', ['cancel order 1001', 'ok then return the shirt', 'yes'], ['1001 4800'], /^Done/],
    ['jane', ['cancel only the legs of order 1008'], [], /team|person/],
    ['stranger', ['cancel my order 1008'], [], unseen],
    ['stranger', ['cancel my order 1008', 'jane@example.com 97205', 'yes'], ['1008 7800'], done],
    ['stranger', ['cancel my order 1008', 'yes'], []],
    ['marcus', ['cancel order 1008'], [], unseen],
    ['marcus', ['cancel order 1008', 'yes'], []],
  ],
  'a return is not an order': [
    ['jane', ['return the shirt from 1001', 'cancel it'], [], /left order #\d+ as it is/],
    ['jane', ['return the shirt from 1001', 'cancel the return'], [], /left order #\d+ as it is/],
    ['jane', ['return the shirt from 1001', 'never mind'], [], /left order #\d+ as it is/],
    ['jane', ['return the shirt from 1001', 'actually, cancel my order 1008', 'yes'], ['1008 7800'], done],
  ],
};

export const cancelDialogues: readonly Dialogue[] = Object.entries(groups).flatMap(([kind, dialogues]) =>
  dialogues.map(([who, says, refunds, last]) => ({ kind, who, says, refunds, ...(last && { last }) })),
);
