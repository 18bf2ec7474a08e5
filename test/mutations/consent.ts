import type { Mutation } from './mutation.ts';

const proposal = 'test/refunds/propose-refund.test.ts';
const consent = 'test/refunds/consent.test.ts';

export const consentMutations: readonly Mutation[] = [
  {
    file: 'src/refunds/propose-refund.ts',
    find: "  if (quoted.expiresAt <= (await databaseNow(db))) return { kind: 'expired' };\n",
    replace: '',
    why: 'a quote holds for its time',
    tests: [`${proposal} › that expired`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: '  if (!(await mayHaveArrived(db, quoted.conversationId, quoted.shownInSeq))) return notConfirmed;\n',
    replace: '',
    why: 'nobody agrees to what cannot have reached them',
    tests: [`${consent} › a yes is none to a quote whose text %s`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: '  if (await wasAnotherShownAfter(db, quoted.conversationId, quoted.shownInSeq)) return notConfirmed;\n',
    replace: '',
    why: 'a yes belongs to what was shown last',
    tests: [`${proposal} › when the yes was said to another quote, shown later`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: "  if (since.some(({ author }) => author === 'staff')) return false;\n",
    replace: '',
    why: 'a yes to a colleague is none to a quote',
    tests: [
      `${consent} › a yes after a colleague wrote to the customer is none to the quote they saw before`,
    ],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: 'return saysYes(since, quoted.shownInSeq, to) ? undefined : notConfirmed;',
    replace: 'return undefined;',
    why: 'a model cannot agree for the customer',
    tests: [
      `${proposal} › that was shown after the yes`,
      `${proposal} › that was agreed to and then taken back`,
    ],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: '  const problem = await whyNotYet(tx, quoted);\n',
    replace: '  const problem = undefined;\n',
    why: 'a no counts that came while the shop was asked',
    tests: [`${consent} › a no that arrives while the shop is still asked counts: nothing is submitted`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: '  await lockSpending(tx, context.store, order.id, shopifyCustomerId);\n',
    replace: '',
    why: 'two small refunds do not pass the threshold side by side',
    tests: [`${proposal} › two conversations of one customer cannot pass the threshold side by side`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: "  if (mustWait && !context.approvals) return { kind: 'nobody-may-approve' };\n",
    replace: '',
    why: 'what nobody may approve is not submitted',
    tests: [`${proposal} › above the threshold while there is nobody who could approve`],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: "state: mustWait ? 'awaiting-approval' : 'approved',",
    replace: "state: 'approved',",
    why: 'what needs approval waits for it',
    tests: [
      `${proposal} › of exactly the threshold without anybody, and of a cent more only with an approval`,
    ],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: "if (!order || !(await maySee(context, asker, order))) return { kind: 'not-found' };",
    replace: "if (!order) return { kind: 'not-found' };",
    why: 'the right to an order is asked for again at the yes',
    tests: [`${proposal} › whose order the sender may no longer see`],
  },
  {
    file: 'src/returns/quote.ts',
    find: 'compareMoney(sumMoney(all, threshold.currency), threshold) > 0',
    replace: 'compareMoney(sumMoney(all, threshold.currency), threshold) > 1',
    why: 'strictly above the threshold somebody must approve',
    tests: [
      `${proposal} › of exactly the threshold without anybody, and of a cent more only with an approval`,
    ],
  },
  {
    file: 'src/returns/quote.ts',
    find: 'const all = [amount, ...recentAmounts];',
    replace: 'const all = [amount];',
    why: 'small refunds add up',
    tests: [`${proposal} › two conversations of one customer cannot pass the threshold side by side`],
  },
  {
    file: 'src/returns/quote.ts',
    find: '  if (demand) return true;\n',
    replace: '',
    why: 'a rule that demands approval is obeyed',
    tests: ['test/returns/quote.test.ts › is needed whatever the amount when a rule demands it'],
  },
  {
    file: 'src/returns/quote.ts',
    find: 'all.some(({ currency }) => currency !== threshold.currency)',
    replace: 'all.length === 0',
    why: 'what cannot be weighed asks for approval',
    tests: ['test/returns/quote.test.ts › is always needed for another currency than the threshold is in'],
  },
  {
    file: 'src/storage/refunds.ts',
    find: "now()) > now() - interval '24 hours'`",
    replace: "now()) > now() - interval '24 days'`",
    why: 'only the last day counts',
    tests: [
      `${proposal} › what counts is the last 24 hours: yesterday’s refund is over, and a denied one never counted`,
    ],
  },
  {
    file: 'src/storage/refunds.ts',
    find: '        notInArray(refunds.state, [...abandoned]),\n',
    replace: '',
    why: 'what was denied does not count',
    tests: [
      `${proposal} › what counts is the last 24 hours: yesterday’s refund is over, and a denied one never counted`,
    ],
  },
  {
    file: 'src/returns/consent.ts',
    find: 'if (!onlyWords.test(plain) || ',
    replace: 'if (',
    why: 'a yes beside a number or a price is none',
    tests: [
      'test/returns/consent.test.ts › takes no yes that goes on with a but, an if, a question, a number or a price',
    ],
  },
  {
    file: 'src/returns/consent.ts',
    find: "else if (tone === 'unclear' && consent === 'yes') consent = 'unclear';",
    replace: '',
    why: 'a yes followed by anything else is none any more',
    tests: ['test/returns/consent.test.ts › '],
  },
  {
    file: 'src/refunds/propose-refund.ts',
    find: "  return spoken ? 'something that was said' : text;\n",
    replace: "  return spoken ? text.slice(text.indexOf(') ') + 2) : text;\n",
    why: 'money needs a yes in writing',
    tests: [
      'test/journeys/voice-notes.test.ts › what is said is answered like what is written, and a yes that was only said moves nothing',
    ],
  },
  {
    file: 'src/storage/media.ts',
    find: '(select max(created_at) from refunds where',
    replace: '(select max(created_at) from refunds where id is null and',
    why: 'a photo counts for one return',
    tests: ['test/journeys/photos.test.ts › a photo of the return before is none for the next'],
  },
];
