import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { createUpload, uploadPicture } from '../../../src/adapters/slack/upload-picture.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
beforeAll(async () => {
  slack = await startSlackDouble();
});
afterAll(() => slack.close());
beforeEach(() => {
  slack.calls.length = 0;
});

const thread = { channel: 'CSUPPORT', ts: '1.2' };
function show(address: string | undefined) {
  slack.answer('files.getUploadURLExternal', () => ({ upload_url: address, file_id: 'F1' }));
  const client = createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl });
  const upload = createUpload({ apiUrl: slack.apiUrl });
  const picture = { key: 'note-1', title: 'A picture', jpeg: Buffer.from('jpeg') };
  return uploadPicture({ client, upload }, thread, picture);
}

test('a picture is announced by its size, sent to the address given for it, and only then shown', async () => {
  await show(`${slack.apiUrl}upload`);
  expect(slack.calls.map(({ method }) => method)).toEqual([
    'files.getUploadURLExternal',
    'upload',
    'files.completeUploadExternal',
  ]);
  expect(slack.callsTo('files.getUploadURLExternal')).toMatchObject([
    { filename: 'note-1.jpg', length: '4' },
  ]);
  expect(slack.callsTo('files.completeUploadExternal')).toMatchObject([
    { files: '[{"id":"F1","title":"A picture"}]', channel_id: 'CSUPPORT', thread_ts: '1.2' },
  ]);
});

test.each([
  'https://evil.example/upload',
  'https://slack.com.evil.example/upload',
  'https://evil-slack.com/upload',
  'http://files.slack.com/upload',
  'https://files.slack.com:8443/upload',
  'file:///etc/passwd',
  'no address',
])('a picture is not sent to %s', async (address) => {
  await expect(show(address)).rejects.toMatchObject({ code: 'foreign_upload_url', retryable: false });
  expect(slack.callsTo('files.completeUploadExternal')).toEqual([]);
});

test('an upload that is refused shows nothing, and is tried again only where that may help', async () => {
  slack.answer('upload', (_args, response) => response.writeHead(503).end());
  await expect(show(`${slack.apiUrl}upload`)).rejects.toMatchObject({ retryable: true });
  slack.answer('upload', (_args, response) => response.writeHead(413).end());
  await expect(show(`${slack.apiUrl}upload`)).rejects.toMatchObject({ retryable: false });
  await expect(show(undefined)).rejects.toMatchObject({ code: 'no_upload_url' });
  expect(slack.callsTo('files.completeUploadExternal')).toEqual([]);
});
