import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postStaffNotes } from '../../src/conversation/post-staff-notes.ts';
import { addStaffNote } from '../../src/storage/staff-notes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
beforeEach(async () => {
  desk = await openRefundDesk();
});
afterEach(() => desk.close());

test('a note that Slack will never take does not hold up the next one', async () => {
  const { jobs, store } = desk.context;
  for (const text of ['refused', 'posted'])
    await desk.db.transaction((tx) =>
      addStaffNote(tx, jobs, { store, conversationId: null, kind: 'notice', text }),
    );
  desk.sandbox.workspace.faults.add({
    operation: 'chat.postMessage',
    when: 'before',
    times: 1,
    action: { kind: 'status', status: 200, body: '{"ok":false,"error":"msg_blocks_too_long"}' },
  });
  await expect(postStaffNotes(desk.app.context, store)).rejects.toMatchObject({ retryable: false });
  const waiting = await desk.db.execute(sql`select text from staff_notes where sent_at is null`);
  expect(waiting).toEqual([{ text: 'refused' }]);
  await postStaffNotes(desk.app.context, store);
  const posted = JSON.stringify(desk.sandbox.workspace.messagesIn('CSUPPORT'));
  expect(posted.indexOf('posted')).toBeLessThan(posted.indexOf('refused'));
});
