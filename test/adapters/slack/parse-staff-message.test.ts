import { describe, expect, test } from 'vitest';
import { parseStaffMessage } from '../../../src/adapters/slack/parse-staff-message.ts';

const place = { teamId: 'T1', botUserId: 'UBOT' };
const event = {
  type: 'message',
  channel_type: 'channel',
  channel: 'C1',
  user: 'UIRIS',
  team: 'T1',
  text: '<@UBOT> show order 1001',
  ts: '1763892000.000100',
};
const { channel_type: _, ...unplaced } = event;
const mention = { ...unplaced, type: 'app_mention' };
const reply = { ...event, text: 'and 1002?', thread_ts: '1763891000.000100' };

describe('is a message', () => {
  test('one and the same, whether it comes as message or as app_mention', () => {
    const parsed = parseStaffMessage(event, place);
    expect(parsed).toEqual({
      kind: 'message',
      message: {
        key: 'C1:1763892000.000100',
        thread: { channel: 'C1', ts: '1763892000.000100' },
        by: { userId: 'UIRIS', teamId: 'T1', name: 'UIRIS' },
        writtenAt: new Date(1763892000000),
        text: 'show order 1001',
        isAddressed: true,
      },
    });
    expect(parseStaffMessage(mention, place)).toEqual(parsed);
  });

  test('a reply in a thread, addressed to nobody', () => {
    expect(parseStaffMessage(reply, place)).toMatchObject({
      message: { isAddressed: false, thread: { channel: 'C1', ts: '1763891000.000100' }, text: 'and 1002?' },
    });
  });

  test.each(['im', 'app_home'])('anything said to the bot itself (%s)', (channel_type) => {
    const direct = { ...event, channel: 'D1', channel_type, text: 'show order 1001' };
    expect(parseStaffMessage(direct, place)).toMatchObject({ message: { isAddressed: true } });
  });

  test.each(['file_share', 'thread_broadcast'])('a reply of subtype %s', (subtype) => {
    expect(parseStaffMessage({ ...reply, subtype }, place).kind).toBe('message');
  });

  test('a mention by a colleague whose event names the workspace in every way', () => {
    const named = { ...mention, user_team: 'T1', source_team: 'T1' };
    expect(parseStaffMessage(named, place).kind).toBe('message');
  });
});

describe('is ignored', () => {
  test.each([
    ['an edit', { subtype: 'message_changed', hidden: true, message: event }],
    ['a mention that an edit brought', { edited: { user: 'UIRIS', ts: '1763892001.000000' } }],
    ['a deletion', { subtype: 'message_deleted', hidden: true }],
    ['a join', { subtype: 'channel_join' }],
    ['a bot of the old kind', { subtype: 'bot_message', bot_id: 'B9' }],
    ['a bot', { bot_id: 'B9' }],
    ['an app that writes for a person', { app_id: 'A9' }],
    ['our own post', { user: 'UBOT' }],
    ['what nobody sees', { hidden: true }],
    ['somebody of another workspace', { team: 'T2' }],
    ['somebody whose own workspace is another', { user_team: 'T2' }],
    ['somebody who writes from another workspace', { source_team: 'T2' }],
    ['what nobody wrote', { user: undefined }],
    ['what has no text', { text: undefined }],
    ['a message to the channel that mentions nobody', { text: 'lunch?' }],
    ['a message that mentions somebody else', { text: '<@UNOAH> lunch?' }],
  ])('%s', (_name, change) => {
    expect(parseStaffMessage({ ...event, ...change }, place)).toEqual({ kind: 'ignored' });
  });

  test.each(['bot_id', 'user_team', 'subtype', 'edited'])('an app_mention with a foreign %s', (field) => {
    expect(parseStaffMessage({ ...mention, [field]: 'T2' }, place)).toEqual({ kind: 'ignored' });
  });
});
