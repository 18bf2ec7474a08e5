import type { Mutation } from './mutation.ts';

const pure = 'test/returns/approval.test.ts';
const decision = 'test/refunds/decide-approval.test.ts';
const lower = 'test/refunds/lower-refund.test.ts';

export const approvalMutations: readonly Mutation[] = [
  {
    file: 'src/returns/approval.ts',
    find: '  if (!click.isApprover) {\n',
    replace: '  if (!click) {\n',
    why: 'only an approver decides',
    tests: [
      'test/returns/approval-sequences.test.ts › money moves at most once, and never without that many rightful, different people on that digest',
    ],
  },
  {
    file: 'src/returns/approval.ts',
    find: 'if (hasRequested(approval.requestedBy, click.by.userId)) {',
    replace: 'if (!click.by) {',
    why: 'whoever asked for it does not approve it',
    tests: [
      `${pure} › does not let anybody who wrote in the requester’s thread approve it`,
      'test/refunds/execute-refund.test.ts › a member of staff cannot approve the refund they asked for; another approver can',
    ],
  },
  {
    file: 'src/returns/approval.ts',
    find: '[requester.userId, ...(requester.with ?? [])]',
    replace: '[requester.userId]',
    why: 'everybody in the thread has asked for it',
    tests: [`${pure} › does not let anybody who wrote in the requester’s thread approve it`],
  },
  {
    file: 'src/returns/approval.ts',
    find: "  return userId.slice(userId.lastIndexOf('/') + 1);\n",
    replace: '  return userId;\n',
    why: 'one person is one person in all workspaces of an organisation',
    tests: [
      `${pure} › does not let a requester approve who asked from another workspace of the organisation`,
    ],
  },
  {
    file: 'src/returns/approval.ts',
    find: 'now.getTime() >= approval.expiresAt.getTime()',
    replace: 'now.getTime() > approval.expiresAt.getTime()',
    why: 'at the instant of expiry it is too late',
    tests: [`${pure} › is too late to %s at the instant of expiry`],
  },
  {
    file: 'src/returns/approval.ts',
    find: ' || approval.digest !== click.currentDigest) {',
    replace: ') {',
    why: 'what was approved is what is made',
    tests: [`${pure} › calls an approval stale when the order has changed`],
  },
  {
    file: 'src/returns/approval.ts',
    find: "if (approval.digest === '' || ",
    replace: 'if (',
    why: 'nothing is no digest',
    tests: [`${pure} › never takes a missing digest for a matching one`],
  },
  {
    file: 'src/returns/approval.ts',
    find: 'const isNew = !kept.some(({ userId }) => userId === by.userId);',
    replace: 'const isNew = true;',
    why: 'two votes are two people',
    tests: [`${pure} › the same person saying yes again does not count twice`],
  },
  {
    file: 'src/returns/approval.ts',
    find: 'Math.max(1, approval.required)',
    replace: '1',
    why: 'as many people as the tier says',
    tests: [`${pure} › the first yes is counted and decides nothing`],
  },
  {
    file: 'src/returns/approval.ts',
    find: 'userId === by.userId || stillApprovers.includes(userId));',
    replace: 'userId !== undefined);',
    why: 'a vote counts while its right lasts',
    tests: [`${pure} › a yes of somebody who lost the right is dropped`],
  },
  {
    file: 'src/refunds/settle-click.ts',
    find: 'if (unchecked.length > 0)',
    replace: 'if (unchecked.length > 99)',
    why: 'a vote that came in between is checked first',
    tests: [`${decision} › where two are needed, two of them count`],
  },
  {
    file: 'src/storage/approvals.ts',
    find: "from(approvals).where(eq(approvals.id, id)).for('update');",
    replace: 'from(approvals).where(eq(approvals.id, id));',
    why: 'the first click decides',
    tests: [`${decision} › two clicks that wait for the same approval make one decision`],
  },
  {
    file: 'src/refunds/settle-click.ts',
    find: 'row.card ? row.expiresAt : undefined',
    replace: 'row.expiresAt',
    why: 'nobody runs out of time with a card they cannot see',
    tests: [`${decision} › has not run out for a click that comes before the card is recorded`],
  },
  {
    file: 'src/refunds/expire-approval.ts',
    find: "(row.state === 'pending' && row.card)",
    replace: "(row.state === 'pending')",
    why: 'nothing expires before its card is in Slack',
    tests: [`${decision} › does not run before the card is in Slack`],
  },
  {
    file: 'src/refunds/expire-approval.ts',
    find: 'if ((await databaseNow(tx)) < row.expiresAt) {',
    replace: 'if (row.expiresAt.getTime() === 0) {',
    why: 'the clock of the database decides, not a timer',
    tests: [`${decision} › is set again by a timer that rings early`],
  },
  {
    file: 'src/refunds/settle-click.ts',
    find: '} else if (refund.lowered) {',
    replace: "} else if (refund.state === 'offered') {",
    why: 'another amount needs the yes of the customer',
    tests: [`${lower} › who lowered it is one of them, and the customer is asked after the second`],
  },
  {
    file: 'src/refunds/accept-offer.ts',
    find: 'if (votes.some(({ userId }) => hasRequested(taker, userId))) {',
    replace: 'if (!taker) {',
    why: 'whoever approved an offer does not take it',
    tests: [`${lower} › whoever approved a lower amount cannot take it for the customer in the same thread`],
  },
  {
    file: 'src/refunds/check-approver.ts',
    find: "  if (by.teamId !== (await directory.homeTeamId())) return { kind: 'other' };\n",
    replace: '',
    why: 'another workspace decides nothing',
    tests: [
      'test/journeys/several-workspaces.test.ts › somebody with an approver’s id over there can neither pause nor see what waits',
    ],
  },
  {
    file: 'src/refunds/check-approver.ts',
    find: 'if (isNamed && error instanceof',
    replace: 'if (error instanceof',
    why: 'a group vouches for nobody who cannot be looked up',
    tests: ['test/refunds/check-approver.test.ts › trusts no group without that scope: a guest may be in it'],
  },
  {
    file: 'src/refunds/decide-approval.ts',
    find: '    if (!(error instanceof ExternalError)) throw error;\n',
    replace: '    throw error;\n',
    why: 'a click whose decision failed can be repeated',
    tests: [`${decision} › nothing is decided while Slack cannot say whether the first may still approve`],
  },
  {
    file: 'src/returns/may-take-in.ts',
    find: 'agreed.wasApproved || !hasRequested(agreed.requestedBy, userId)',
    replace: 'agreed.wasApproved || userId.length > 0',
    why: 'two people stand behind every refund a colleague asks for',
    tests: [
      'test/conversation/take-in-return.test.ts › are taken in by a colleague other than those who asked for it, where nobody approved it',
    ],
  },
];
