import type { Mutation } from './mutation.ts';

const slack = 'test/adapters/slack/receiver.test.ts';
const proof = 'test/returns/customer-proof.test.ts';
const check = 'test/agent/reply-check.test.ts';

export const identityMutations: readonly Mutation[] = [
  {
    file: 'src/refunds/read-order.ts',
    find: '  return owns;\n',
    replace: '  return true;\n',
    why: 'a stranger sees no order',
    tests: ['test/refunds/propose-refund.test.ts › whose order the sender may no longer see'],
  },
  {
    file: 'src/returns/customer-proof.ts',
    find: 'phone.length > 0 && known.includes(phone)',
    replace: 'known.includes(phone)',
    why: 'nothing is nobody’s number',
    tests: [`${proof} › never matches an order that has no phone, or an empty one`],
  },
  {
    file: 'src/returns/customer-proof.ts',
    find: "return known !== '' && known === foldPostalCode(postalCode, address);",
    replace: "return known !== '';",
    why: 'the postal code must match, not the e-mail alone',
    tests: [`${proof} › `],
  },
  {
    file: 'src/returns/customer-proof.ts',
    find: "    given !== '' && [order.email",
    replace: '    [order.email',
    why: 'what is empty never matches',
    tests: [`${proof} › never matches what the order does not have`],
  },
  {
    file: 'src/returns/customer-proof.ts',
    find: 'maxWrongProofs = 5;',
    replace: 'maxWrongProofs = 500;',
    why: 'proofs cannot be tried at will',
    tests: ['test/journeys/customers.test.ts › five wrong proofs lock the sender out, and staff are told'],
  },
  {
    file: 'src/adapters/twilio/webhook.ts',
    find: '  if (!signed) {\n',
    replace: '  if (signed === undefined) {\n',
    why: 'unsigned texts do nothing',
    tests: ['test/adapters/twilio/webhooks.test.ts › refuses a bad signature without any effect'],
  },
  {
    file: 'src/adapters/twilio/verify-signature.ts',
    find: "authTokens.filter((token) => token !== '')",
    replace: 'authTokens',
    why: 'anybody can sign with nothing',
    tests: ['test/adapters/twilio/verify-signature.test.ts › refuses a signature made with an empty token'],
  },
  {
    file: 'src/adapters/twilio/verify-signature.ts',
    find: '      carriesBodyDigest(url, request.rawBody) &&\n',
    replace: '',
    why: 'what is not a form is signed by its digest',
    tests: [
      'test/adapters/twilio/verify-signature.test.ts › verifies a JSON body by the digest its signed address carries',
    ],
  },
  {
    file: 'src/adapters/twilio/parse-message.ts',
    find: '  if (message.accountSid !== undefined && message.accountSid !== us.accountSid) return false;\n',
    replace: '',
    why: 'a good signature says who sent it, not that it is for us',
    tests: ['test/adapters/twilio/parse-message.test.ts › refuses another account, whatever it was sent to'],
  },
  {
    file: 'src/adapters/slack/receiver.ts',
    find: '    if (!isSignedBySlack(request, options.signingSecrets, options.now())) return answer(401);\n',
    replace: '',
    why: 'unsigned clicks do nothing',
    tests: [`${slack} › refuses a body changed by one byte after signing`],
  },
  {
    file: 'src/adapters/slack/verify-signature.ts',
    find: 'Math.abs(ageSeconds) > toleranceSeconds',
    replace: 'ageSeconds > toleranceSeconds',
    why: 'nor do those of the future',
    tests: [`${slack} › `],
  },
  {
    file: 'src/adapters/slack/verify-signature.ts',
    find: "    if (signingSecret === '') return false;\n",
    replace: '',
    why: 'anybody can sign with an empty key',
    tests: [`${slack} › refuses everything while there is no signing secret`],
  },
  {
    file: 'src/adapters/shopify/webhook.ts',
    find: "    if (secret === '') continue;\n",
    replace: '',
    why: 'the same for Shopify',
    tests: [
      'test/adapters/shopify/webhook.test.ts › refuses everything when no secret is set, even what an empty one would sign',
    ],
  },
  {
    file: 'src/adapters/shopify/webhook.ts',
    find: 'claimed.length === expected.length && timingSafeEqual(claimed, expected)',
    replace: 'claimed.length === expected.length',
    why: 'unsigned word of a parcel moves nothing',
    tests: ['test/adapters/shopify/webhook.test.ts › '],
  },
  {
    file: 'src/http/admin-gate.ts',
    find: 'isLoopbackHost(host) && !cameThroughProxy(request)',
    replace: 'isLoopbackHost(host)',
    why: 'figures are for this machine',
    tests: [
      'test/http/health.test.ts › is open without a token on loopback, but not to what came through a proxy or a tunnel',
    ],
  },
  {
    file: 'src/conversation/is-staff.ts',
    find: '  if (!member?.isFullMember || member.teamId !== person.teamId) return false;\n',
    replace: '  if (!member) return false;\n',
    why: 'guests and strangers are not staff',
    tests: [
      'test/journeys/staff-in-slack.test.ts › a guest, who is told once that the bot talks to staff only',
    ],
  },
  {
    file: 'src/agent/reply-check.ts',
    find: "  if (!isSubset(amountsIn(said), amountsIn(sources))) return 'amount';\n",
    replace: '',
    why: 'no amount is made up',
    tests: [`${check} › `],
  },
  {
    file: 'src/agent/reply-check.ts',
    find: "  if (claimsUnbacked(reply, facts, results)) return 'refunded';\n",
    replace: '',
    why: 'nobody hears of a refund that was not made',
    tests: [`${check} › `],
  },
  {
    file: 'src/agent/reply-check.ts',
    find: "  return claimsUndone(reply, wordsOf(facts, items, results)) ? 'promise' : undefined;\n",
    replace: '  return undefined;\n',
    why: 'nobody hears of a deed that was not done',
    tests: ['test/agent/promise-check.test.ts › a reply is held back that says of its own accord'],
  },
  {
    file: 'src/circuit.ts',
    find: 'new ConsecutiveBreaker(5)',
    replace: 'new ConsecutiveBreaker(500)',
    why: 'a provider that is down is left alone',
    tests: ['test/circuit.test.ts › is asked nothing while it rests, and then again'],
  },
  {
    file: 'src/circuit.ts',
    find: '      if (error.accessRefused) bar(error.code);\n',
    replace: '      if (!error.code) bar(error.code);\n',
    why: 'a token that was refused is not tried by everybody',
    tests: ['test/circuit.test.ts › is asked nothing for a minute, and what waits is put off, not given up'],
  },
];
