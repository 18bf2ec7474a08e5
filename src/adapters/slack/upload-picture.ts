import { ExternalError } from '../../errors.ts';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { SupportPicture } from '../../ports/support-desk.ts';
import type { SlackClient } from './slack-client.ts';
import { toExternalError } from './slack-error.ts';

/** Sends a file's bytes to the address Slack named for them. Throws ExternalError. */
export type UploadBytes = (address: string, bytes: Buffer) => Promise<void>;

/** By its name a picture that was shown is found again. */
export function pictureName(key: string): string {
  return `${key}.jpg`;
}

/**
 * An address is asked for, the bytes go there, and only the third step shows them to anybody.
 * https://docs.slack.dev/messaging/working-with-files
 */
export async function uploadPicture(
  { client, upload }: { readonly client: SlackClient; readonly upload: UploadBytes },
  thread: CardReference,
  { key, title, jpeg }: SupportPicture,
): Promise<void> {
  const { upload_url: address, file_id: id } = await client.call('files.getUploadURLExternal', {
    filename: pictureName(key),
    length: jpeg.length,
  });
  if (address === undefined || id === undefined) throw failure('no_upload_url', true);
  await upload(address, jpeg);
  await client.call('files.completeUploadExternal', {
    files: [{ id, title }],
    channel_id: thread.channel,
    thread_ts: thread.ts,
  });
}

export function createUpload({
  apiUrl,
  timeoutMs = 20_000,
}: {
  readonly apiUrl: string;
  readonly timeoutMs?: number | undefined;
}): UploadBytes {
  return async (address, bytes) => {
    if (!isSlack(address, apiUrl)) throw failure('foreign_upload_url', false);
    const response = await fetch(address, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'application/octet-stream' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw toExternalError(error, 'reads');
    });
    await response.body?.cancel();
    if (response.status !== 200) throw failure(`http_${response.status}`, response.status >= 500);
  };
}

/** Customers' pictures go to Slack, whatever address is named; and to a stand-in where one is configured. */
function isSlack(address: string, apiUrl: string): boolean {
  const url = URL.parse(address);
  if (url?.origin === new URL(apiUrl).origin) return true;
  return url?.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname) && url.port === '';
}

function failure(code: string, retryable: boolean): ExternalError {
  return new ExternalError({ service: 'slack', retryable, outcome: 'refused', code });
}
