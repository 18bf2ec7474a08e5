import { cancelDialogues } from './cancel-dialogues.ts';
import { creditDialogues } from './credit-dialogues.ts';
import { exchangeDialogues } from './exchange-dialogues.ts';
import { returnLifeDialogues } from './return-life-dialogues.ts';
import { statusDialogues } from './status-dialogues.ts';

export type Person =
  | 'jane'
  | 'marcus'
  | 'lena'
  | 'kenji'
  | 'noura'
  | 'priya'
  | 'tom'
  | 'nia'
  | 'stranger'
  | 'ines'
  | 'omar'
  | 'freya';

export type Dialogue = {
  readonly kind: string;
  readonly who: Person;
  /** What they text, each after the answer to the one before; `\n+\n` divides texts sent in one go. */
  readonly says: readonly string[];
  /** `1001 4800`: order and minor units. What the shop refunded in the end, and nothing else. */
  readonly refunds: readonly string[];
  /** Fits the last text they got. */
  readonly last?: RegExp;
  /** The tools the last of their texts led to. */
  readonly calls?: readonly string[];
  /** Instead of the default one, the same for all of a kind. */
  readonly policy?: string;
};

const asks = {
  'complete one-message requests': [
    ['jane', ['I want to return the blue shirt from order #1001', 'yes'], ['1001 4800'], /^Done/],
    [
      'jane',
      ["Hi! I'd like to return the socks from order 1001, they're too small. Thanks", 'Yes please'],
      ['1001 1200'],
    ],
    ['jane', ['Return everything from order 1001', 'yes'], ['1001 6000']],
    ['jane', ['order 1004 the cushion doesnt match my couch, want to send it back', 'ok'], ['1004 2900']],
    ['jane', ['plz refund my canvas tote, order no. 1007', 'yep'], ['1007 3200']],
    [
      'priya',
      ['Hello, I need to return the Merino Blanket, order 1017. It is not as described.', 'Yes, go ahead'],
      ['1017 10000'],
    ],
    ['lena', ['I would like to return the wool scarf from order #1006', 'yes'], [], /manager/],
    ['kenji', ['one tea towel from 1012 is stained, can I get my money back for it', 'Yes'], []],
    ['marcus', ['I want to return the coasters from #10010', 'yes'], ['10010 1400']],
    ['tom', ['return copper pan #1018 pls', 'yes'], ['1018 8600']],
    ['jane', ['Order #1005: send back the plant stand', 'sounds good'], ['1005 4400']],
    ['nia', ['Can I return the apron from order 1019? It is too big', 'yes thanks'], ['1019 3400']],
    ['jane', ['The blue oxford shirt (order #1001) is too tight, please refund it', 'Yes!'], ['1001 4800']],
    ['jane', ['#1001 shirt', 'yes'], ['1001 4800']],
    ['marcus', ['kettle from 1010 arrived broken. I want a refund', 'yes'], ['1010 5200']],
  ],
  'step by step': [
    ['jane', ['Hi', 'I want to return something', '1001', 'the shirt', 'yes'], ['1001 4800']],
    ['jane', ['hello', 'return', 'order 1001', 'socks', 'yes please'], ['1001 1200']],
    ['jane', ['I need to send something back', '#1004', 'cushion', 'y'], ['1004 2900']],
    ['nia', ['return', '2', 'both of them', 'yes'], ['1019 1400']],
    ['nia', ['I want to return something', 'the apron', 'yes'], ['1019 3400']],
    ['jane', ['Can you help me with a return?', 'its order 1001', '1', 'yes'], ['1001 4800']],
    ['jane', ['1001', 'the second one', 'ok'], ['1001 1200']],
    ['jane', ['1001', 'both', 'yes'], ['1001 6000']],
    ['lena', ['hi i want to return something', 'gloves', 'Yes'], []],
    ['priya', ['I want to return something', 'yes'], ['1017 10000']],
    ['kenji', ['refund please', 'the tray', 'yes'], []],
    ['jane', ['order 1001\n+\nthe shirt please', 'yes'], ['1001 4800']],
  ],
  'no order number, known phone': [
    ['nia', ['I want to return the apron', 'yes'], ['1019 3400']],
    ['priya', ['the blanket is scratchy, id like to return it', 'yes'], ['1017 10000']],
    ['jane', ['I want to return my blue oxford shirt', 'yes'], ['1001 4800']],
    ['jane', ['can i return the plant stand?', 'yes'], ['1005 4400']],
    ['jane', ['I bought a canvas tote and I dont like it. Return it please', 'yes'], ['1007 3200']],
    ['marcus', ['I would like to return my kettle', 'yes please'], ['1010 5200']],
    ['marcus', ['the coasters i got are cracked, i want my money back', 'yes'], ['10010 1400']],
    ['lena', ['Hello, I want to return the scarf', 'yes'], []],
    ['jane', ['i wanna return the socks', 'yes'], ['1001 1200']],
    ['jane', ['I dont remember the order number but its the shirt', 'yes'], ['1001 4800']],
    ['tom', ['I want to return the pan', '1018', 'yes'], ['1018 8600']],
  ],
  'several items and quantities': [
    ['nia', ['return 2 mugs from order 1019', 'yes'], ['1019 1800']],
    ['nia', ['I want to return one mug and both towels', 'yes'], ['1019 2300']],
    ['nia', ['return three of the mugs and the apron', 'yes'], ['1019 6100']],
    ['nia', ['return all the mugs', 'yes'], ['1019 3600']],
    ['nia', ['I want to return everything except the apron', 'yes'], ['1019 5000']],
    ['nia', ['send back the whole order 1019', 'yes'], ['1019 8400']],
    ['nia', ['2x mug, 1x tea towel', 'yes'], ['1019 2500']],
    ['nia', ['I want to return a tea towel', 'yes'], ['1019 700']],
    ['nia', ['return 5 mugs', '4', 'yes'], ['1019 3600']],
    ['nia', ['two mugs are chipped, i want a refund for those', 'yes'], ['1019 1800']],
    ['nia', ['i want to return a couple of mugs', 'yes'], ['1019 1800']],
    ['jane', ['shirt and socks from 1001 please, both too small', 'yes'], ['1001 6000']],
    ['jane', ['return 2 planters from 1005', 'just one then', 'yes'], ['1005 3600']],
    ['jane', ['I want to return the planter from order 1005', 'yes'], ['1005 3600']],
    ['kenji', ['Return both tea towels from order 1012', 'yes'], []],
    ['jane', ['one of the candles from order 1011', 'yes'], ['1011 2430']],
  ],
  'change of mind': [
    ['jane', ['return the shirt from 1001', 'actually the socks instead', 'yes'], ['1001 1200']],
    ['jane', ['return the shirt from 1001', 'and the socks too', 'yes'], ['1001 6000']],
    ['jane', ['return the shirt and the socks from 1001', 'only the shirt', 'yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'no'], [], /left|Nothing/],
    ['jane', ['return the shirt from 1001', 'no wait', 'ok yes'], ['1001 4800']],
    ['nia', ['return 3 mugs', 'make it 2', 'yes'], ['1019 1800']],
    ['nia', ['return 3 mugs', 'only one', 'yes'], ['1019 900']],
    [
      'nia',
      ['return the apron', 'i changed my mind, keep the apron, return the towels', 'yes'],
      ['1019 1400'],
    ],
    ['jane', ['return everything from 1001', 'except the socks', 'yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'never mind, I will keep it'], [], /left|Nothing/],
    ['jane', ['return the shirt from 1001', 'no thanks', 'return the socks from 1001', 'yes'], ['1001 1200']],
    ['jane', ['return the shirt from 1001', 'sorry I meant order 1007', 'yes'], ['1007 3200']],
    ['jane', ['return the shirt from 1001', 'yes\n+\nwait no'], []],
    [
      'jane',
      ['return the shirt from 1001', 'yes', 'and the socks from 1001 as well', 'yes'],
      ['1001 4800', '1001 1200'],
    ],
  ],
  'ways to say yes and no': [
    ['jane', ['return the shirt from 1001', 'YES'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'yes pls'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'Yeah go ahead'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', '\u{1f44d}'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'ok do it'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'Yes, that is correct'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'yess plz'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'Yes I want to return it'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'perfect, yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', "that's great, please go ahead"], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'maybe'], [], /yes/i],
    ['jane', ['return the shirt from 1001', 'not sure yet'], []],
    ['jane', ['return the shirt from 1001', 'yes?'], []],
    ['jane', ['return the shirt from 1001', 'yes if shipping is free'], []],
    ['jane', ['return the shirt from 1001', 'nope'], [], /left|Nothing/],
    ['jane', ['return the shirt from 1001', 'i guess', 'yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'Reply YES'], []],
    ['jane', ['return the shirt from 1001', 'let me think about it'], []],
  ],
  'questions in between': [
    ['jane', ['return the shirt from 1001', 'how long does it take?', 'yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'is there a fee?', 'ok yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'do i have to pay for shipping?', 'yes'], ['1001 4800']],
    ['jane', ['what is your return policy?', 'ok return the shirt from 1001', 'yes'], ['1001 4800'], /^Done/],
    [
      'jane',
      ['can i return something after 3 weeks', 'ok I want to return the tote from 1007', 'yes'],
      ['1007 3200'],
    ],
    ['jane', ['return the shirt from 1001', 'how will I get my money?', 'great, yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'who is this?', 'yes'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'how much do i get back', 'yes'], ['1001 4800']],
    ['jane', ['can I get store credit instead of a refund?'], [], /store credit|credit/i],
    ['jane', ['how long do i have to return things?'], [], /30 days/],
    ['jane', ['can i return sale items'], [], /final sale/i],
    ['jane', ['return the shirt from 1001', 'where do i send it?', 'yes'], ['1001 4800']],
  ],
  'typos and slang': [
    ['jane', ['wanna retrun teh shrit frm order 1001', 'ye'], ['1001 4800']],
    ['jane', ['yo i need 2 send bak my totebag order 1007', 'yup'], ['1007 3200']],
    ['nia', ['retun the aprn', 'yea'], ['1019 3400']],
    ['jane', ['gonna return them sokcs from 1001', 'k'], ['1001 1200']],
    ['jane', ['oder 1001 shirt to small', 'yes'], ['1001 4800']],
    ['jane', ['RETURN SHIRT 1001 NOW', 'YES'], ['1001 4800']],
    ['marcus', ['my ketle is brokn order1010', 'yes'], ['1010 5200']],
    ['jane', ['pls retrn plnt stand ordr 1005', 'ok'], ['1005 4400']],
    ['nia', ['they dont wrk 4 me, send bak all 4 mugs', 'yes'], ['1019 3600']],
    ['jane', ['return order#1001 shirt', 'yes'], ['1001 4800']],
  ],
  'strangers who prove themselves': [
    [
      'stranger',
      ['I want to return the clock from order 1013, email sam.field@example.com, zip V6B 1A1', 'yes'],
      ['1013 6400'],
    ],
    ['stranger', ['I want to return order 1013', 'sam.field@example.com', 'V6B 1A1', 'yes'], ['1013 6400']],
    ['stranger', ['hi', 'return', '1013', 'sam.field@example.com V6B 1A1', 'yes'], ['1013 6400']],
    [
      'stranger',
      ['return please', 'my zip is v6b1a1 and my email is Sam.Field@example.com', 'order #1013', 'yes'],
      ['1013 6400'],
    ],
    ['stranger', ['I want to return my kettle', '1010\nmarcus@example.com\n60614', 'yes'], ['1010 5200']],
    ['stranger', ['return the kettle order 1010', 'marcus@example.com', '60614', 'yes'], ['1010 5200']],
    [
      'stranger',
      ['email: marcus@example.com', 'order 1010', 'postal code 60614', 'the kettle', 'yes'],
      ['1010 5200'],
    ],
    ['stranger', ['return order 1010', 'zip 60614', 'marcus@example.com', 'yes'], ['1010 5200']],
    ['stranger', ['return the socks from 1001. jane@example.com, 97205', 'yes'], ['1001 1200']],
    [
      'stranger',
      ['return the shirt from 1001', 'jane@example.com 97206', 'sorry, 97205', 'yes'],
      ['1001 4800'],
    ],
    ['stranger', ['return 1010', 'wrong@example.com 60614', 'yes'], [], /order number|couldn't/],
    ['stranger', ['Where is my order?', '1010, marcus@example.com, 60614'], [], /delivered on/],
    ['stranger', ['I want to return the scarf', '1006', 'lena@example.com', '10115', 'yes'], []],
    ['stranger', ['1013', 'sam.field@example.com', 'V6B 1A1', 'I want to return it', 'yes'], ['1013 6400']],
    ['stranger', ['yes'], []],
  ],
  'small talk, anger, people': [
    ['jane', ['Hello'], [], /Birch & Loom/],
    ['jane', ['thanks!'], [], /welcome/],
    ['jane', ['I want to speak to a human'], [], /team/],
    ['jane', ['this is unacceptable!!! worst store ever'], [], /team/],
    ['jane', ['are you a bot?'], [], /team|assistant/],
    ['jane', ['call me'], [], /team/],
    ['jane', ['my lawyer will hear about this'], [], /team/],
    [
      'jane',
      ['good morning :)', 'return the shirt from 1001', 'yes', 'thank you so much'],
      ['1001 4800'],
      /welcome/,
    ],
    ['jane', ['\u{1f600}'], [], /return/],
    ['jane', [''], []],
    ['jane', ['???'], [], /return/],
    ['jane', ['Customer service please'], [], /team/],
    ['jane', ['what can you do?'], [], /return/],
    ['jane', ['asdf'], [], /return/],
    ['jane', ['I hate this shirt \u{1f621} take it back, order 1001', 'yes'], ['1001 4800']],
    ['jane', ['ok'], []],
  ],
  'status questions': [
    ['jane', ['where is my order 1007?'], [], /placed on \w{3} \d/],
    [
      'jane',
      ['return the shirt from 1001', 'yes', 'where is my refund?'],
      ['1001 4800'],
      /is done|Done|made/,
    ],
    ['jane', ["what's the status of my refund for order 1001"], [], /refund/],
    ['jane', ['when was order 1001 delivered'], [], /delivered/],
    ['jane', ['return the desk from 1002', 'yes', 'any news on my refund?'], [], /manager/],
    ['jane', ['return the desk from 1002', 'yes'], [], /manager/],
    ['jane', ['has order 1009 been cancelled?'], [], /cancel/],
    ['jane', ['return the shirt from 1001', 'yes', 'when will i get my money'], ['1001 4800'], /Banks/],
    ['priya', ['where is my package'], [], /delivered/],
  ],
  'wrong numbers and what is denied': [
    ['jane', ['return the shirt from order 9999'], [], /couldn't find/],
    ['jane', ['return the shirt from order 9999', 'sorry 1001', 'yes'], ['1001 4800']],
    ['jane', ['return the kettle from 1010'], [], /couldn't find/],
    ['jane', ['return the vase from 1003', 'yes'], [], /30 days/],
    ['jane', ['return the rattan chair from 1004', 'then the cushion', 'yes'], ['1004 2900']],
    ['jane', ['return the chair and cushion from 1004', 'ok just the cushion', 'yes'], ['1004 2900']],
    ['jane', ['return the bamboo shelf 1009'], [], /cancel|nothing/i],
    ['jane', ['I want to return the oak stool from 1008'], [], /team|person/],
    ['marcus', ['return the gift card 1014'], [], /[Gg]ift cards/],
    ['jane', ['return the lamp from 1001', 'the shirt', 'yes'], ['1001 4800']],
    ['jane', ['return the lamp from 1001', 'sorry, the socks i mean', 'yes'], ['1001 1200']],
    ['jane', ['exchange the shirt from 1001 for a larger size'], [], /team|person/],
  ],
  'long and rambling': [
    [
      'jane',
      [
        "Hi there, so I ordered a couple of things a week or so ago for my husband's birthday and while the socks are lovely the blue shirt is way too small on him, he was really sad about it. Order number is 1001 I think. Could I send the shirt back and get a refund? Thanks a lot, Jane",
        'Yes please, go ahead!',
      ],
      ['1001 4800'],
    ],
    [
      'nia',
      [
        'Hey guys, love the store! We moved last week and I really have no space in the kitchen any more, so I was thinking that maybe two of the mugs could go back to you, is that possible?',
        'yes',
      ],
      ['1019 1800'],
    ],
    [
      'priya',
      [
        "Good evening. I received the blanket on Thursday. It's nice but my partner is allergic to wool, so we can't keep it. How do I return it?",
        'Yes, thank you',
      ],
      ['1017 10000'],
    ],
    [
      'jane',
      [
        'I am writing about my order from last week. It came on time and the box was fine. But when I opened it I saw that the shirt has a hole. I took 3 photos. The order number is 1001. Please refund the shirt. My number is 555-123-0001 if you need it.',
        'yes',
      ],
      ['1001 4800'],
    ],
    [
      'marcus',
      [
        'ok so my dog knocked over the new kettle box before I even opened it and then I realised I dont even need a kettle because my sister gave me one lol. can i still return it? its order 1010',
        'yes do it',
      ],
      ['1010 5200'],
    ],
  ],
  'heard later': [
    [
      'jane',
      [
        'Hey, quick one - the oxford shirt I bought is too big. Can I get my money back? Order 1001',
        'Yes please!!',
      ],
      ['1001 4800'],
    ],
    ['nia', ['hiya can i bring back one of my mugs', 'yes'], ['1019 900']],
    ['nia', ['the apron has a stain', 'yes'], ['1019 3400']],
    ['nia', ['I would like a refund for the towels pls', 'yes pls'], ['1019 1400']],
    ['nia', ['everything but the mugs', 'yes'], ['1019 4800']],
    ['nia', ['return one mug', 'actually make that 3', 'yes'], ['1019 2700']],
    ['nia', ['return the apron and a mug', 'not the mug', 'yes'], ['1019 3400']],
    ['nia', ['is it ok if i return the apron without the box?', 'ok then yes'], ['1019 3400']],
    ['jane', ['order number 1001', 'shirt pls', 'yes that is fine'], ['1001 4800']],
    ['jane', ['I need a refund', 'for the tote bag', 'yes'], ['1007 3200']],
    ['jane', ['refund', '1004', '2', 'yes'], ['1004 2900']],
    ['jane', ['Please cancel my return'], [], /^All right/],
    ['jane', ['return the shirt from 1001', 'What if I already washed it?', 'yes'], ['1001 4800']],
    [
      'jane',
      ['return the shirt from 1001', 'can i think about it until tomorrow', 'ok yes do it'],
      ['1001 4800'],
    ],
    ['jane', ['return the desk from 1002', 'yes', 'no wait'], [], /team/],
    ['jane', ['return the shirt from 1001', 'what?', 'ok'], ['1001 4800']],
    ['jane', ['return the shirt from 1001', 'is that the full amount?', 'yes'], ['1001 4800']],
    [
      'jane',
      ['return the shirt from 1001', 'can i keep the shirt and return the socks', 'yes'],
      ['1001 1200'],
    ],
    ['jane', ['return the shirt from 1001', 'No, the socks', 'yes'], ['1001 1200']],
    ['jane', ['return the shirt from 1001', 'no i want an exchange'], [], /team/],
    ['jane', ['return the shirt from 1001', 'talk to a person'], [], /team/],
    ['jane', ['I want my money back for the shirt and the socks', 'yes'], ['1001 6000']],
    ['jane', ['did you get my return?'], [], /order/],
    ['jane', ['do you ship to canada'], [], /person|return/],
    ['jane', ['whats your phone number'], []],
    ['marcus', ['hi there, order 1010, kettle, too small, refund', 'yes'], ['1010 5200']],
    ['marcus', ['Return', 'the kettle', 'yes'], ['1010 5200']],
    ['marcus', ['I want to return my last order', 'yes'], ['10010 1400']],
    ['tom', ['hello i have a pan to return order 1018', 'sure'], ['1018 8600']],
    ['priya', ['blanket', 'yes'], ['1017 10000']],
    ['priya', ['I want to return it', 'is there a restocking fee?', 'great then yes'], ['1017 10000']],
    [
      'stranger',
      ['Hello, my order 1010 came damaged. marcus@example.com', '60614', 'the kettle', 'yes'],
      ['1010 5200'],
    ],
    [
      'stranger',
      [
        'i want to return my clock',
        '1013',
        'my email is sam.field@example.com',
        'post code is V6B1A1',
        'yes',
      ],
      ['1013 6400'],
    ],
    [
      'stranger',
      ['return order 1013', 'why do you need that?', 'sam.field@example.com, V6B 1A1', 'yes'],
      ['1013 6400'],
    ],
    ['stranger', ['return order 1010 sent to 60614 email marcus@example.com', 'yes'], ['1010 5200']],
    ['stranger', ['return order 1010', 'i dont know my email'], []],
    ['jane', ['return the shirt\n+\norder 1001\n+\nits too small', 'yes'], ['1001 4800']],
    ['jane', ['Return 1001 & 1007'], []],
    ['jane', ['your product sucks'], [], /^Sorry/],
    ['jane', ['My dog ate the socks lol can I still return them?', 'yes'], ['1001 1200']],
  ],
} as const satisfies Readonly<
  Record<string, readonly (readonly [Person, readonly string[], readonly string[], RegExp?])[]>
>;

export const dialogues: readonly Dialogue[] = [
  ...Object.entries(asks).flatMap(([kind, list]) =>
    list.map(([who, says, refunds, last]): Dialogue => ({ kind, who, says, refunds, ...(last && { last }) })),
  ),
  ...statusDialogues,
  ...cancelDialogues,
  ...exchangeDialogues,
  ...creditDialogues,
  ...returnLifeDialogues,
];
