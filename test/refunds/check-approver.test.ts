import { expect, test } from 'vitest';
import { ExternalError } from '../../src/errors.ts';
import type { StaffDirectory } from '../../src/ports/staff-directory.ts';
import { checkApprover } from '../../src/refunds/check-approver.ts';

const maya = { userId: 'UMAYA', teamId: 'THOME', name: 'maya' };

function refused(code: string): ExternalError {
  return new ExternalError({ service: 'slack', retryable: false, outcome: 'refused', code });
}
function directoryThat(answers: Partial<StaffDirectory>): StaffDirectory {
  return {
    homeTeamId: async () => 'THOME',
    membersOf: async () => [],
    lookUp: async (userId) => ({ userId, teamId: 'THOME', displayName: 'Maya', isFullMember: true }),
    ...answers,
  };
}
const check = (answers: Partial<StaffDirectory>, approvers: readonly string[] = ['UMAYA']) =>
  checkApprover({ directory: directoryThat(answers), approvers }, maya);

test('trusts the list where the app was installed without the scope to read people', async () => {
  expect(await check({ lookUp: () => Promise.reject(refused('missing_scope')) })).toMatchObject({
    kind: 'approver',
  });
});

test('trusts no group without that scope: a guest may be in it', async () => {
  const lookUp = () => Promise.reject(refused('missing_scope'));
  const groups = { lookUp, membersOf: async () => ['UMAYA'] };
  await expect(check(groups, ['SMANAGERS'])).rejects.toMatchObject({ code: 'missing_scope' });
});

test.each(['invalid_auth', 'access_denied', 'http_403'])(
  'trusts nobody while Slack refuses to say who somebody is: %s',
  async (code) => {
    await expect(check({ lookUp: () => Promise.reject(refused(code)) })).rejects.toMatchObject({ code });
  },
);

test('needs no group for somebody the list names', async () => {
  const membersOf = () => Promise.reject(refused('no_such_subteam'));
  expect(await check({ membersOf }, ['SGONE', 'UMAYA'])).toMatchObject({ kind: 'approver' });
});

test('lets nobody in by a group Slack does not answer for', async () => {
  const membersOf = () => Promise.reject(refused('no_such_subteam'));
  await expect(check({ membersOf }, ['SGONE', 'UNOAH'])).rejects.toMatchObject({ code: 'no_such_subteam' });
});
