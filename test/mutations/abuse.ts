import type { Mutation } from './mutation.ts';

const order = 'test/refunds/prove-order.test.ts';
const source = 'test/adapters/twilio/media-source.test.ts';
const server = 'test/http/server.test.ts';

/** Codes, limits, attachments and what comes over HTTP. */
export const abuseMutations: readonly Mutation[] = [
  {
    file: 'src/returns/customer-proof.ts',
    find: 'return !(now.getTime() - Date.parse(processedAt) <= phoneProofDays * 86_400_000);',
    replace: 'return Number.isNaN(now.getTime() - Date.parse(processedAt));',
    why: 'a number of a year ago may be somebody else’s',
    tests: [`${order} › is not shown to who has its number, and no code goes to it`],
  },
  {
    file: 'src/refunds/enter-code.ts',
    find: '      await endCodes(tx, sender.id, subject);\n',
    replace: '',
    why: 'a code is good once',
    tests: [`${order} › is good once`],
  },
  {
    file: 'src/refunds/enter-code.ts',
    find: '      if (!isCodeOf(codeKey, live.id, code)) return false;\n',
    replace: '',
    why: 'other digits prove nothing',
    tests: [`${order} › ends when another one is asked for`],
  },
  {
    file: 'src/storage/one-time-codes.ts',
    find: '        lt(oneTimeCodes.tries, maxCodeTries),\n',
    replace: '',
    why: 'a code takes five tries',
    tests: [`${order} › takes five tries and no more, and counts them as wrong proofs that lock the sender`],
  },
  {
    file: 'src/refunds/ask-for-code.ts',
    find: 'phone !== undefined && toPhone < mostCodesPerPhone',
    replace: 'phone !== undefined',
    why: 'nobody can have a stranger’s phone flooded',
    tests: [`${order} › is texted five times a day to one phone, whoever asks, and the sixth hears the same`],
  },
  {
    file: 'src/refunds/ask-for-code.ts',
    find: 'ofSender >= mostCodesPerSender || ',
    replace: '',
    why: 'nor one sender the store’s texts',
    tests: [`${order} › is asked for five times a day by one sender, for orders that exist or not`],
  },
  {
    file: 'src/refunds/ask-for-code.ts',
    find: ' || (await isPumping(tx, context))',
    replace: '',
    why: 'nor many senders',
    tests: [
      `${order} › is asked for by strangers only as often as the store allows, and people are told once`,
    ],
  },
  {
    file: 'src/conversation/text-code.ts',
    find: '!row.isLive || row.optedOut || !channel',
    replace: '!row.isLive || !channel',
    why: 'who said STOP gets no code that others ask for',
    tests: [`${order} › does not go to a phone that opted out`],
  },
  {
    file: 'src/refunds/settle-proof.ts',
    find: "if (isLocked(current, await databaseNow(tx))) return { kind: 'locked' };",
    replace: "if (!current) return { kind: 'locked' };",
    why: 'a lock holds for the right proof, too',
    tests: [
      'test/refunds/prove-order.test.ts › takes five tries and no more, and counts them as wrong proofs that lock the sender',
    ],
  },
  {
    file: 'src/returns/usage-limits.ts',
    find: "  if (used <= most) return 'within';\n",
    replace: "  if (used <= most + 1) return 'within';\n",
    why: 'a limit is exact',
    tests: [
      'test/storage/usage.test.ts › lets in exactly as much as the limit, from two processes at once, and one use is the first above',
    ],
  },
  {
    file: 'src/agent/tools/prove-identity.ts',
    find: "effect: { kind: 'tried' }",
    replace: 'effect: undefined as never',
    why: 'one mistake counts once',
    tests: [
      'test/journeys/turns.test.ts › a wrong proof is answered before what arrives meanwhile: begun again, it would count twice',
    ],
  },
  {
    file: 'src/conversation/limit-turn.ts',
    find: "counted?.verdict === 'within' ? undefined : counted",
    replace: "counted?.verdict === 'within' ? undefined : undefined",
    why: 'turns of a day are bounded',
    tests: [
      'test/conversation/limit-turn.test.ts › above the turns of a day one sentence says so, the rest is kept, and nobody else is held back',
    ],
  },
  {
    file: 'src/conversation/limit-turn.ts',
    find: "channel === 'terminal' || turnStartedAt",
    replace: "channel === 'terminal'",
    why: 'an outage does not use up what a customer may ask',
    tests: ['test/conversation/limit-turn.test.ts › a turn that is tried again and again is one turn'],
  },
  {
    file: 'src/conversation/hold-message.ts',
    find: "  if (keyword === 'stop' || keyword === 'start') return 'obey';\n",
    replace: '',
    why: 'STOP is obeyed above every limit',
    tests: [
      'test/journeys/limits.test.ts › above the limit STOP is obeyed, START is obeyed without a word, and HELP is not answered',
    ],
  },
  {
    file: 'src/conversation/hold-message.ts',
    find: "  if (isHeard && readAlarm(message.text) !== undefined) return 'answer';\n",
    replace: '',
    why: 'a person is reached above every limit',
    tests: [
      'test/journeys/limits.test.ts › above the limit a person is still reached, and the thread is not flooded',
    ],
  },
  {
    file: 'src/conversation/sms-destination.ts',
    find: '  if (orders.length === 0) return false;\n',
    replace: '',
    why: 'nobody earns by having texts sent',
    tests: [
      'test/journeys/limits.test.ts › a customer gets SMS wherever the number is, and on WhatsApp everybody is answered',
    ],
  },
  {
    file: 'src/http/client-address.ts',
    find: 'trustedProxies > 0 ? named.at(-trustedProxies) : undefined',
    replace: 'named.at(0)',
    why: 'nobody makes up their address',
    tests: ['test/http/client-address.test.ts › when %s'],
  },
  {
    file: 'src/adapters/twilio/media-address.ts',
    find: '  return account === accountSid ? new URL',
    replace: '  return account ? new URL',
    why: 'our token fetches our media only',
    tests: [`${source} › at %s is not asked for at all`],
  },
  {
    file: 'src/adapters/twilio/media-address.ts',
    find: 'return isKnown && stores.get(url.hostname)?.test(url.pathname) ? url : undefined;',
    replace: 'return isKnown ? url : undefined;',
    why: 'a redirect leads to the provider’s stores',
    tests: [`${source} › is not followed to %j`],
  },
  {
    file: 'src/adapters/twilio/public-lookup.ts',
    find: 'addresses.filter(({ address }) => isPublicAddress(address))',
    replace: 'addresses.filter(({ address }) => address)',
    why: 'and to no private address behind their name',
    tests: [
      `${source} › are looked at where they are connected to: a name that means two things gives the public one`,
    ],
  },
  {
    file: 'src/adapters/twilio/media-source.ts',
    find: '      if (size > maxBytes) break;\n',
    replace: '',
    why: 'what a header promises is not believed',
    tests: [`${source} › larger than allowed is refused, by what its header says and by what then comes`],
  },
  {
    file: 'src/adapters/shopify/webhook.ts',
    find: 'return fits ? { ...event, webhookId: digestOf(delivery.rawBody) } :',
    replace: 'return event ? { ...event, webhookId: digestOf(delivery.rawBody) } :',
    why: 'only the body is signed: no old one erases anything under another topic',
    tests: ['test/adapters/shopify/webhook.test.ts › obeys nothing when %s is sent again under the topic %s'],
  },
  {
    file: 'src/http/server.ts',
    find: 'if (incoming.rawHeaders.length > 2 * maxHeaders) return',
    replace: 'if (incoming.rawHeaders.length > 20_000 * maxHeaders) return',
    why: 'headers are bounded',
    tests: [`${server} › `],
  },
  {
    file: 'src/http/send-response.ts',
    find: 'Object.entries({ ...securityHeaders, ...headers })',
    replace: 'Object.entries({ ...headers })',
    why: 'every answer carries strict headers',
    tests: [
      `${server} › of any kind, refusals too, loads nothing, is framed, sniffed and kept nowhere, and sends nobody along`,
    ],
  },
];
