import type { Mutation } from './mutation.ts';

const jobs = 'test/storage/jobs.test.ts';
const turns = 'test/journeys/turns.test.ts';
const deliveries = 'test/journeys/deliveries.test.ts';
const lost = 'test/journeys/lost-inbound.test.ts';

export const deliveryMutations: readonly Mutation[] = [
  {
    file: 'src/storage/inbox.ts',
    find: "rows.length > 0 ? 'new' : 'duplicate'",
    replace: "'new' as const",
    why: 'one webhook is one message',
    tests: [
      `${deliveries} › one webhook delivered five times, at once and one after the other, is answered once`,
    ],
  },
  {
    file: 'src/storage/outbox.ts',
    find: '      setWhere: lt(receipts.rank, rank),\n',
    replace: '',
    why: 'a receipt never lowers what is known',
    tests: [`${deliveries} › receipts that arrive out of order never lower what is known`],
  },
  {
    file: 'src/adapters/twilio/webhook.ts',
    find: '    await act();\n',
    replace: '    void act().catch(() => {});\n',
    why: 'nothing is acknowledged before it is committed',
    tests: ['test/adapters/twilio/webhooks.test.ts › answers only after the message is committed'],
  },
  {
    file: 'src/adapters/twilio/webhook.ts',
    find: "{ status: 503, contentType: 'text/plain', body: 'Try again later' }",
    replace: "{ status: 200, contentType: 'text/plain', body: 'Try again later' }",
    why: 'what could not be stored is asked for again',
    tests: ['test/adapters/twilio/webhooks.test.ts › asks for redelivery while the database is down'],
  },
  {
    file: 'src/adapters/slack/receiver.ts',
    find: ': answer(503)',
    replace: ': answer(200)',
    why: 'an event that was not committed is delivered again',
    tests: [
      'test/adapters/slack/receiver.test.ts › answers 503 to an event that was not committed, so that Slack redelivers it',
    ],
  },
  {
    file: 'src/storage/jobs.ts',
    find: '        db: fromDrizzle(tx, sql),\n',
    replace: '',
    why: 'a fact and its job exist together',
    tests: [`${jobs} › a job of a transaction that rolls back does not exist`],
  },
  {
    file: 'src/storage/jobs.ts',
    find: '        singletonKey: subjectOf(data),\n',
    replace: '        singletonKey: String(Math.random()),\n',
    why: 'one waiting turn covers several messages',
    tests: [`${jobs} › five messages in a row leave one waiting turn for their conversation`],
  },
  {
    file: 'src/storage/jobs.ts',
    find: '      if (!startAfter) await bringForward(tx, name, subjectOf(data));\n',
    replace: '',
    why: 'new work does not wait for old trouble',
    tests: [`${jobs} › new work does not wait for a job of its key that was put off for hours`],
  },
  {
    file: 'src/storage/jobs.ts',
    find: '.find(([name]) => !asides.has(name));',
    replace: '[0];',
    why: 'a job is known by its subject, not by how often it was tried',
    tests: [`${jobs} › jobs put off equally often are not taken for one another`],
  },
  {
    file: 'src/storage/jobs.ts',
    find: "other.singleton_key = job.singleton_key and other.state = 'retry')",
    replace: "other.singleton_key = job.singleton_key and other.state = 'failed')",
    why: 'what is given back leaves no two jobs of one key where one may be',
    tests: [
      'test/storage/reclaim-jobs.test.ts › a job whose key waits for another try already is left to its heartbeat, and holds up no other',
    ],
  },
  {
    file: 'src/storage/database.ts',
    find: 'if (attempt === 3 || !isBrokenOff(error)) throw error;',
    replace: 'if (attempt > 0) throw error;',
    why: 'a message is not lost to a deadlock',
    tests: [
      'test/storage/deadlocks.test.ts › a message whose transaction was broken off by a deadlock is taken in all the same',
    ],
  },
  {
    file: 'src/storage/database.ts',
    find: "'40001'",
    replace: "'40P99'",
    why: 'nor to a serialization failure',
    tests: [
      'test/storage/serialization.test.ts › a transaction broken off because others changed what it had read is run again',
    ],
  },
  {
    file: 'src/storage/database.ts',
    find: "      default_transaction_isolation: 'read committed',\n",
    replace: '',
    why: 'who waited for a lock sees what was done under it',
    tests: [
      'test/storage/serialization.test.ts › who waited for a row sees what was written meanwhile, whatever the server makes the default',
    ],
  },
  {
    file: 'src/conversation/take-turn.ts',
    find: "    if (locked.conversation.turnNumber !== turn.number) return 'overtaken';\n",
    replace: '',
    why: 'a worker thought dead that comes back says nothing',
    tests: [
      `${turns} › a worker that comes back late, after another took its turn, says and changes nothing`,
    ],
  },
  {
    file: 'src/conversation/take-turn.ts',
    find: "    if (newer.length > 0 && !movedSomething && !answerAnyway) return 'start-again';\n",
    replace: '',
    why: 'what arrives meanwhile is answered together',
    tests: [`${turns} › messages that arrive while the model works are answered together, once`],
  },
  {
    file: 'src/refunds/tell-outcomes.ts',
    find: 'if (locked.conversation.turnStartedAt === null) await tellEndedRefunds',
    replace: 'await tellEndedRefunds',
    why: 'texts arrive in the order they were said',
    tests: [
      `${turns} › an outcome that arrives while the model still words its reply is told after the reply`,
    ],
  },
  {
    file: 'src/refunds/tell-outcomes.ts',
    find: '    await markTold(tx, refund.id);\n',
    replace: '',
    why: 'an outcome is told once',
    tests: [
      'test/refunds/execute-refund.test.ts › is made once, however many workers make it at once, and told once',
      'test/journeys/big-refund.test.ts › waits for approval, is made after the click, and the customer hears of it once',
    ],
  },
  {
    file: 'src/conversation/deliver-messages.ts',
    find: '  if (again) {\n',
    replace: '  if (again && row.seq < 0) {\n',
    why: 'a text whose answer was lost is looked for before it is sent again',
    tests: ['test/journeys/outages.test.ts › and %s, a text arrives once'],
  },
  {
    file: 'src/conversation/deliver-messages.ts',
    find: '(index > 0 && (await readSenderOf(db, conversationId)).optedOut)',
    replace: 'index < 0',
    why: 'nothing goes out after a STOP, not even the rest of an answer',
    tests: [
      'test/conversation/deliver-messages.test.ts › a STOP that comes between two texts holds back the second, and staff read it',
    ],
  },
  {
    file: 'src/refunds/announce-approval.ts',
    find: '  const found = triedBefore\n',
    replace: '  const found = triedBefore && !isFinite(0)\n',
    why: 'a card whose answer was lost is not posted again',
    tests: [
      'test/journeys/outages.test.ts › and %s, the card is posted once, and the approval lives as long as any other',
    ],
  },
  {
    file: 'src/adapters/slack/find-message.ts',
    find: "  throw new ExternalError({\n    service: 'slack',\n    retryable: false,\n    outcome: 'refused',\n    code: 'history_too_long',\n  });\n",
    replace: '  return undefined;\n',
    why: 'none there is never a guess',
    tests: [
      'test/adapters/slack/slack-desks.test.ts › does not say "none" when it could not read everything',
    ],
  },
  {
    file: 'src/conversation/reply-to-customer.ts',
    find: "    if ((await recordInbound(tx, entry)) === 'duplicate') return { kind: 'sent' };\n",
    replace: '',
    why: "a colleague's reply goes out once",
    tests: ['test/journeys/taking-over.test.ts › the same submission delivered twice, at once, sends once'],
  },
  {
    file: 'src/conversation/reply-to-customer.ts',
    find: '  const number = await beginTurn(tx, id);\n',
    replace: '  const number = conversation.turnNumber;\n',
    why: 'the bot says nothing beside a person',
    tests: [
      'test/journeys/taking-over.test.ts › a turn that still runs when a colleague takes over says nothing',
    ],
  },
  {
    file: 'src/conversation/judge-late-message.ts',
    find: '  await forgetShownAfter(tx, message.conversationId, new Date(sentAt.getTime() - clockSkewMs));\n',
    replace: '',
    why: 'a yes found late agrees to nothing shown after it was written',
    tests: [`${lost} › agrees to nothing that was shown after it was written`],
  },
  {
    file: 'src/conversation/judge-late-message.ts',
    find: "return (await saidSince('start', clockSkewMs)) ? 'only-recorded' : 'as-any-other';",
    replace: "return 'as-any-other';",
    why: 'a late STOP does not undo a later START',
    tests: [`${lost} › is not obeyed where they wrote START since`],
  },
  {
    file: 'src/conversation/judge-late-message.ts',
    find: " || (keyword === 'start' && (await saidSince('stop', -clockSkewMs)))",
    replace: '',
    why: 'a late START does not undo a later STOP',
    tests: [`${lost} › a lost START does not undo a later STOP`],
  },
  {
    file: 'src/conversation/sweep-inbound.ts',
    find: 'sentAt.getTime() <= now - settledMs',
    replace: 'sentAt.getTime() <= now',
    why: 'a webhook has its time before the list counts',
    tests: [`${lost} › is left to its webhook while that may still come`],
  },
  {
    file: 'src/conversation/sweep-inbound.ts',
    find: 'isTooOld: now - sentAt.getTime() > dayMs',
    replace: 'isTooOld: false',
    why: 'nobody is answered who no longer waits',
    tests: [`${lost} › that is older than a day is recorded and told to staff, and not answered`],
  },
  {
    file: 'src/storage/jobs.ts',
    find: '      if (data.givenUp !== undefined) await markTakenUp(',
    replace: '      if (data.givenUp === -1) await markTakenUp(',
    why: 'a dead letter is closed when its work was done by another job',
    tests: [
      'test/jobs/dead-letters.test.ts › its letter is closed too where other work for the same thing already waited',
    ],
  },
  {
    file: 'src/dead-letters-tool/drop-letter.ts',
    find: "if (letter.queue === 'announce-approval') {",
    replace: 'if (letter.queue === undefined) {',
    why: 'no approval waits for ever',
    tests: [
      'test/dead-letters-tool/drop-letter.test.ts › an approval whose card is given up by hand ends at once, and the customer hears of it',
    ],
  },
  {
    file: 'src/dead-letters-tool/what-dropping-means.ts',
    find: "state === 'sending' || state === 'unknown'",
    replace: "state === 'sending'",
    why: 'nobody is told to pay again what may be paid',
    tests: [
      'test/dead-letters-tool/drop-letter.test.ts › of a refund that is %s nobody is told that it was not made',
    ],
  },
];
