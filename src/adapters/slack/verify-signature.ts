import { createHmac, timingSafeEqual } from 'node:crypto';

export type SlackRequest = {
  readonly rawBody: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
};

const toleranceSeconds = 300;

/**
 * Whether Slack signed exactly these bytes within five minutes of `now`, before or after. Bolt's own check
 * lets a request from the future pass, which would stay replayable for as long as it lies ahead.
 */
export function isSignedBySlack(
  request: SlackRequest,
  signingSecrets: readonly string[],
  now: Date,
): boolean {
  const timestamp = request.headers['x-slack-request-timestamp'] ?? '';
  const signature = request.headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const ageSeconds = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (Math.abs(ageSeconds) > toleranceSeconds) return false;
  const given = Buffer.from(signature.slice('v0='.length), 'hex');
  return signingSecrets.some((signingSecret) => {
    // Anybody can sign with an empty key.
    if (signingSecret === '') return false;
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(request.rawBody);
    return timingSafeEqual(expected.digest(), given);
  });
}
