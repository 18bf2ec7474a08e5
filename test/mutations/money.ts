import type { Mutation } from './mutation.ts';

export const moneyMutations: readonly Mutation[] = [
  {
    file: 'src/returns/refund.ts',
    find: "  'awaiting-approval': {\n",
    replace: "  'awaiting-approval': {\n    sending: 'sending',\n",
    why: 'nothing is sent that waits for approval',
    tests: [
      'test/returns/refund.test.ts › never leaves an end, and is never sent without having been approved',
    ],
  },
  {
    file: 'src/returns/refund.ts',
    find: "  unknown: { sending: 'sending', refunded",
    replace: "  unknown: { sending: 'sending', stale: 'stale', refunded",
    why: 'what may have moved money never ends as stale',
    tests: ['test/returns/refund.test.ts › allows nothing else'],
  },
  {
    file: 'src/refunds/execute-refund.ts',
    find: "    if (await lockOpenPause(tx, refund.store, 'shared')) return false;\n",
    replace: '',
    why: 'a pause holds every refund',
    tests: [
      'test/refunds/pause-refunds.test.ts › a refund is not sent, and its job ends as one that did its work',
    ],
  },
  {
    file: 'src/storage/refund-pauses.ts',
    find: 'pg_advisory_xact_lock_shared(',
    replace: 'pg_try_advisory_xact_lock_shared(',
    why: 'a pause and a sending know of each other',
    tests: [
      'test/refunds/pause-refunds.test.ts › a pause waits for a sending that did not see it, and no sending begins behind it',
    ],
  },
  {
    file: 'src/refunds/execute-refund.ts',
    find: 'now.getTime() - firstSentAt.getTime() < keyLifetimeMs',
    replace: 'now.getTime() > 0',
    why: 'a forgotten key is not used again',
    tests: [
      'test/refunds/execute-refund.test.ts › %s after the first sending is sent %i more times, while the shop knows the key',
    ],
  },
  {
    file: 'src/refunds/execute-refund.ts',
    find: 'const keylessPauseMs = 60_000;',
    replace: 'const keylessPauseMs = 0;',
    why: 'what knows no key is not asked for again while it may be under way',
    tests: [
      'test/refunds/arrival-faults.test.ts › is asked about a minute later, not sooner, and is one, when the line broke %s the shop did it',
    ],
  },
  {
    file: 'src/refunds/open-return.ts',
    find: 'const pauseMs = 60_000;',
    replace: 'const pauseMs = 0;',
    why: 'a return is not opened again while the first opening may be under way',
    tests: ['test/refunds/arrival-faults.test.ts › is one, when the line broke %s the shop did it'],
  },
  {
    file: 'src/refunds/execute-refund.ts',
    find: '  if (parts.filter(isMade).length === order.madeBefore) return false;\n',
    replace: '  return false;\n',
    why: 'a part looked at before another was settled is looked at again',
    tests: [
      'test/refunds/arrival-races.test.ts › a part that was looked at before another was settled is looked at again, and both are paid',
    ],
  },
  {
    file: 'src/refunds/execute-refund.ts',
    find: "error.outcome === 'unknown') {",
    replace: "error.outcome === 'answered') {",
    why: 'an unknown outcome is a state',
    tests: ['test/refunds/execute-refund.test.ts › is a state of its own until the shop says'],
  },
  {
    file: 'src/refunds/prepare-refund.ts',
    find: '  if (made) {\n',
    replace: '  if (made && quoted.quote.keepItem) {\n',
    why: 'a refund the shop shows is not sent again',
    tests: ['test/refunds/execute-refund.test.ts › is found in the shop by its note, and not sent again'],
  },
  {
    file: 'src/refunds/prepare-refund.ts',
    find: "    if (!holds) return { kind: 'ended', event: 'stale', ending: {} };\n",
    replace: '',
    why: 'what was agreed to is what is made',
    tests: [
      'test/refunds/execute-refund.test.ts › is not made any more when the order changed after the yes, and the customer is told',
    ],
  },
  {
    file: 'src/returns/quote-figures.ts',
    find: 'least(worth, suggested.maximumRefundable, left)',
    replace: 'worth',
    why: 'no sum exceeds what is left of the payment',
    tests: [
      'test/returns/compose-quote.test.ts › keeps every sum within its bounds, whatever shop and policy say',
    ],
  },
  {
    file: 'src/adapters/shopify/documents.ts',
    find: 'refundCreate(input: $input) @idempotent(key: $key) {',
    replace: 'refundCreate(input: $input) {',
    why: 'the shop knows a repeated refund by its key',
    tests: [
      'test/adapters/shopify/refund-order.test.ts › puts the idempotency directive on the mutation field',
    ],
  },
  {
    file: 'src/adapters/shopify/refund-note.ts',
    find: 'agent [intent:',
    replace: 'agent [intent ',
    why: 'a refund is found again when its key is forgotten',
    tests: ['test/adapters/shopify/refund-note.test.ts › finds the intent in the note it wrote'],
  },
  {
    file: 'src/adapters/shopify/graphql-client.ts',
    find: "mutate: (text, variables) => call('mutation', text, variables),",
    replace:
      "mutate: (text, variables) => call('mutation', text, variables).catch(() => call('mutation', text, variables)) as never,",
    why: 'there is one layer that repeats, and it is not this one',
    tests: [
      'test/adapters/shopify/graphql-client.test.ts › never repeats a mutation, not even a throttled one',
    ],
  },
  {
    file: 'src/refunds/compare-order.ts',
    find: '.filter((each) => after.includes(nameOf(each)))',
    replace: '',
    why: 'what is on its way is no difference',
    tests: [
      'test/refunds/reconcile-refunds.test.ts › says nothing of what was just on its way while the shop was read',
    ],
  },
];
