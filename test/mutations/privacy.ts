import type { Mutation } from './mutation.ts';

const consent = 'test/conversation/consent.test.ts';
const masks = 'test/conversation/mask-secret-numbers.test.ts';
const erasure = 'test/storage/erasure.test.ts';
const verify = 'test/audit-tool/verify.test.ts';

/** Who wants to hear nothing, what is kept, what is forgotten, and the record. */
export const privacyMutations: readonly Mutation[] = [
  {
    file: 'src/storage/consents.ts',
    find: 'eq(other.customerId, senders.customerId)',
    replace: 'eq(other.customerId, senders.id)',
    why: 'a STOP holds for every address of the customer',
    tests: [
      `${consent} › holds for every address of the customer, and a START only for the address it comes from`,
    ],
  },
  {
    file: 'src/storage/consents.ts',
    find: 'or(isNull(senders.optedInAt), gte(other.optedOutAt, senders.optedInAt))',
    replace: 'isNull(senders.optedInAt)',
    why: 'a STOP after a START holds again',
    tests: [`${consent} › that is said again holds again for who had come back`],
  },
  {
    file: 'src/storage/consents.ts',
    find: '  await tx.insert(consents).values({ id: randomUUIDv7(), ...consent });\n',
    replace: '',
    why: 'every STOP is on record',
    tests: [`${consent} › and its START are kept: from which address, in which word, from where`],
  },
  {
    file: 'src/conversation/prepare-delivery.ts',
    find: '  return waiting.filter((row) => !mayWait(row));\n',
    replace: '  return waiting;\n',
    why: 'nobody is woken',
    tests: [`${consent} › what the bot says of its own accord waits until the morning there`],
  },
  {
    file: 'src/conversation/prepare-delivery.ts',
    find: '=> unprompted && attempts === 0;',
    replace: '=> unprompted || attempts === 0;',
    why: 'an answer waits for nothing',
    tests: [`${consent} › an answer waits for nothing, however late it comes`],
  },
  {
    file: 'src/returns/introduction.ts',
    find: '  const name = plainName(storeName);\n',
    replace: '  const name = storeName || plainName(storeName);\n',
    why: 'one text does not become three',
    tests: ['test/returns/introduction.test.ts › makes at most two of a text %s that was one'],
  },
  {
    file: 'src/conversation/mask-secret-numbers.ts',
    find: '  return fits && passesLuhn(digits);\n',
    replace: '  return fits && digits.length > 19;\n',
    why: 'no card number is kept',
    tests: [`${masks} › loses every valid card number, however it is spaced`],
  },
  {
    file: 'src/conversation/typed-emails.ts',
    find: 'emails.length === 0 ? null : seal(JSON.stringify(emails), place)',
    replace: 'emails.length === 0 ? null : seal(text, place) + JSON.stringify(emails)',
    why: 'no address is kept in the clear',
    tests: [
      'test/conversation/typed-emails.test.ts › an address is not in what is stored, neither in the text nor beside it',
    ],
  },
  {
    file: 'src/conversation/transcript.ts',
    find: "party === 'staff' ? texts : texts.map(markPhones)",
    replace: "party === 'staff' ? texts.map(markPhones) : texts",
    why: 'no model sees a customer’s number',
    tests: [
      'test/conversation/transcript.test.ts › a customer’s number is not shown to a model, and one a colleague asks about is',
    ],
  },
  {
    file: 'src/http/chat-api.ts',
    find: 'JSON.stringify([session, key])',
    replace: "[session, key].join(':')",
    why: 'one session does not swallow another’s message',
    tests: [
      'test/journeys/web-chat.test.ts › takes in what two sessions say under keys that together read the same',
    ],
  },
  {
    file: 'src/conversation/say-limit.ts',
    find: "{ store, conversationId, text }, '1 day'",
    replace: "{ store, text }, '1 day'",
    why: 'what names a customer is erased with them',
    tests: [
      'test/journeys/limits.test.ts › what people were told of somebody above a limit is erased with the rest of it',
    ],
  },
  {
    file: 'src/conversation/limit-text.ts',
    find: 'isStores ? null : row.conversationId',
    replace: 'null',
    why: 'also what is said of texts',
    tests: [
      'test/journeys/limits.test.ts › what people were told of somebody above a limit is erased with the rest of it',
    ],
  },
  {
    file: 'src/storage/erasure.ts',
    find: "scope.kind === 'conversation' ? sql`` : sql`skip locked`",
    replace: "scope.kind === 'conversation' ? sql`skip locked` : sql`skip locked`",
    why: 'who writes at that moment is forgotten, too',
    tests: [`${erasure} › somebody who writes at that moment is forgotten all the same, with their proofs`],
  },
  {
    file: 'src/storage/erasure.ts',
    find: 'asked as (delete from one_time_codes where sender_id in (select id from old) returning 1)',
    replace: 'asked as (select 1 from old)',
    why: 'which orders somebody asked codes for is forgotten',
    tests: [`${erasure} › of codes that were asked for nothing is kept, sent or not`],
  },
  {
    file: 'src/storage/erasure.ts',
    find: 'case when old.opted_out then address else',
    replace: 'case when false then address else',
    why: 'a STOP outlives its words',
    tests: [
      'test/storage/erasure.test.ts › of somebody who opted out the address is kept, and nothing of what they proved',
    ],
  },
  {
    file: 'src/conversation/erase-requested.ts',
    find: 'const keeps = waits ? await whatKeeps(tx, id) : undefined;',
    replace: 'const keeps = waits ? undefined : await whatKeeps(tx, id);',
    why: 'nothing is erased that somebody waits for',
    tests: [
      'test/privacy-tool/export-and-erase.test.ts › nothing is erased while a refund waits, and the request stays open',
    ],
  },
  {
    file: 'src/audit-tool/check-chain.ts',
    find: 'if (auditHash(found, previousHash, content) !== hash)',
    replace: 'if (hash === null)',
    why: 'a row that was changed is found',
    tests: [`${verify} › finds a row in which %s was changed`],
  },
  {
    file: 'src/audit-tool/check-chain.ts',
    find: 'else if (previousHash !== head)',
    replace: 'else if (previousHash === undefined)',
    why: 'also one that was hashed anew',
    tests: [`${verify} › finds a row whose new content was hashed anew: the next does not follow it`],
  },
  {
    file: 'src/audit-tool/check-chain.ts',
    find: '    if (missing > 0) problems',
    replace: '    if (missing > 1_000_000) problems',
    why: 'and one that is missing',
    tests: [`${verify} › finds that %s is missing`],
  },
];
