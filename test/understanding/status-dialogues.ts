import type { Dialogue } from './dialogues.ts';

/** What was asked before, and where it stands: a shirt refunded, a desk that waits, an open quote, nothing. */
const refunded = { before: ['return the shirt from 1001', 'yes'], refunds: ['1001 4800'] } as const;
const waiting = { before: ['return the desk from 1002', 'yes'], refunds: [] } as const;
const quoted = { before: ['return the shirt from 1001'], refunds: [] } as const;
const nothing = { before: [], refunds: [] } as const;

const made =
  /^The refund of \$48\.00 for order #\d+ was made on \w{3} \d+\. Banks usually take 5 to 10 business days/;
const waits = /^The refund of \$420\.00 for order #\d+ is waiting for a manager to approve it\.$/;
const none = /^I see no refund for (?:order #\d+|your recent orders) so far\./;
const stillNeeded = /I also still need your YES or NO for the refund of \$48\.00 for order #\d+\.$/;
const unseen = /couldn't find that order|To look up the order I need/;

const asked = [
  {
    ...refunded,
    who: 'jane',
    last: made,
    texts: [
      'where is my refund',
      "Where's my refund?",
      'wheres my money',
      'where is my refund for order 1001',
      'did you refund me yet',
      'have you refunded me?',
      'did u refund me',
      'did my refund go through?',
      'status of my return 1001',
      "what's the status of my refund",
      'refund status',
      'any update on my refund?',
      'When will I get my money?',
      'when do i get my money back',
      'when can I expect my refund',
      'has #1001 been refunded?',
      'has order 1001 been refunded',
      'Hi, has my refund been processed?',
      'is my refund on its way?',
      "I still haven't got my money back",
      "I haven't received my refund",
      'never got my refund',
      'still no refund',
      'my refund hasnt arrived',
      'money still not in my account',
      'what happened to my refund',
      'can you check on my refund please',
      'why is my refund taking so long',
      'my refund?',
      'where is teh refnd',
      'wher is my refudn',
      'when wil i get my refund',
      'hav you refunded me',
    ],
  },
  {
    ...waiting,
    who: 'jane',
    last: waits,
    texts: [
      'where is my refund',
      'did you refund me yet?',
      'status of my return 1002',
      'when will I get my money',
      'has 1002 been refunded',
      'still waiting for my refund',
    ],
  },
  {
    ...quoted,
    who: 'jane',
    last: stillNeeded,
    texts: [
      'where is my refund?',
      'did you refund me yet',
      'when will I get my money',
      'has #1001 been refunded?',
      'refund status',
      'ok where is my refund',
    ],
  },
  {
    ...nothing,
    who: 'jane',
    last: none,
    texts: [
      'where is my refund',
      'did you refund me yet',
      'status of my return 1001',
      'has #1001 been refunded?',
      'when will i get my money',
      "I still haven't got my money back for order 1001",
    ],
  },
  {
    ...nothing,
    who: 'stranger',
    last: unseen,
    texts: [
      'where is my refund',
      'has #1001 been refunded?',
      'status of my return 9999',
      'did you refund me yet',
      'when will I get my money for 1001',
    ],
  },
] as const;

/** However it is asked, a question about a refund is answered, moves nothing, and agrees to nothing. */
export const statusDialogues: readonly Dialogue[] = asked.flatMap(({ who, before, refunds, last, texts }) =>
  texts.map((text) => ({ kind: 'where is my refund', who, says: [...before, text], refunds, last })),
);
