import type { Mutation } from './mutation.ts';

const whatsapp = 'test/journeys/whatsapp.test.ts';

export const whatsappMutations: readonly Mutation[] = [
  {
    file: 'src/refunds/propose-refund.ts',
    find: 'if (replyToSeq !== null && replyToSeq < shownInSeq)',
    replace: 'if (replyToSeq !== null && replyToSeq < -1)',
    why: 'a WhatsApp button below an earlier quote is no yes to a newer one',
    tests: [
      'test/refunds/answered-text.test.ts › a yes to the text of an earlier quote does not agree to the newer one',
    ],
  },
  {
    file: 'src/conversation/receive-message.ts',
    find: '(repliedTo.isTapped ? 0 : undefined)',
    replace: 'undefined',
    why: 'a WhatsApp button below a text of somebody else agrees to nothing',
    tests: [`${whatsapp} › below a text that is not known here agree to nothing`],
  },
  {
    file: 'src/adapters/twilio/parse-message.ts',
    find: "  if (form.get('MessageType')?.toLowerCase() === 'reaction') return { kind: 'reaction', messageSid };\n",
    replace: '',
    why: 'a WhatsApp reaction agrees to nothing',
    tests: [`${whatsapp} › a reaction is no answer and no message`],
  },
  {
    file: 'src/conversation/note-receipt.ts',
    find: '    if (row) await takeBack(tx, context, row, noted.errorCode);\n',
    replace: '',
    why: 'what WhatsApp failed to take goes out in the template',
    tests: [`${whatsapp} › a text that the network finds too late goes out once more, in the template`],
  },
  {
    file: 'src/conversation/note-receipt.ts',
    find: 'if (receipt && hasFailed(receipt))',
    replace: 'if (receipt && row.seq < 0)',
    why: 'a WhatsApp receipt that comes before the answer is not forgotten',
    tests: [`${whatsapp} › a receipt that comes before the answer loses no text`],
  },
  {
    file: 'src/conversation/deliver-messages.ts',
    find: '  if (await isBeyondWindow(context, row)) return putIntoTemplate(context, row);\n',
    replace: '',
    why: 'WhatsApp gets no free text a day after somebody wrote',
    tests: [`${whatsapp} › the outcome of an approval a day later comes inside the template`],
  },
  {
    file: 'src/conversation/leave-window.ts',
    find: "    return refuseText(tx, context, row, { reason: 'rejected', code: windowClosed });\n",
    replace: '    return;\n',
    why: 'where WhatsApp has no template people are told',
    tests: [`${whatsapp} › without a template people are told what the customer should have read`],
  },
  {
    file: 'src/storage/consents.ts',
    find: '    eq(other.externalId, senders.externalId),\n',
    replace: '',
    why: 'a STOP on WhatsApp holds for the number that is hidden now',
    tests: [`${whatsapp} › is asked for a proof, and opts out also for the number they wrote from before`],
  },
];
