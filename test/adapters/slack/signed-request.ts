import { createHmac } from 'node:crypto';
import type { SlackRequest } from '../../../src/adapters/slack/verify-signature.ts';

export const signingSecret = 'signing-secret-of-the-test';
export const testNow = new Date('2026-11-22T10:00:00Z');

export type Signing = {
  readonly ageSeconds?: number;
  readonly secret?: string;
  readonly headers?: Record<string, string | undefined>;
};

export function signedForm(form: Record<string, string>, signing: Signing = {}): SlackRequest {
  return signed(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded', signing);
}

export function signedPayload(payload: object, signing: Signing = {}): SlackRequest {
  return signedForm({ payload: JSON.stringify(payload) }, signing);
}

export function signedJson(body: object | string, signing: Signing = {}): SlackRequest {
  return signed(typeof body === 'string' ? body : JSON.stringify(body), 'application/json', signing);
}

export function signed(body: string, contentType: string, signing: Signing = {}): SlackRequest {
  const timestamp = String(Math.floor(testNow.getTime() / 1000) - (signing.ageSeconds ?? 0));
  const hash = createHmac('sha256', signing.secret ?? signingSecret).update(`v0:${timestamp}:${body}`);
  return {
    rawBody: Buffer.from(body),
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash.digest('hex')}`,
      ...signing.headers,
    },
  };
}
