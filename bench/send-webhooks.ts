import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { ScheduledText } from './workloads.ts';

export type SentWebhook = {
  readonly from: string;
  /** When it was due, by this machine's clock; it may have left later. */
  readonly dueAtMs: number;
  readonly lateMs: number;
  /** 0: no answer. */
  readonly status: number;
  /** From when it was due to the end of the answer. */
  readonly ackMs: number;
};

export type Line = {
  readonly programUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly to: string;
};

/**
 * An open loop: every webhook leaves when it is due, whatever became of those before it, and is measured
 * from then, so that a program that stalls cannot hide it by slowing the load down.
 */
export async function sendWebhooks(
  line: Line,
  texts: readonly ScheduledText[],
): Promise<readonly SentWebhook[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const signed = texts.map((text) => ({ ...text, ...sign(line, text) }));
  const startsAt = performance.now() + 50;
  const startsAtMs = Date.now() + 50;
  const sent = await Promise.all(
    signed.map(async ({ dueMs, from, form, signature }): Promise<SentWebhook> => {
      await at(startsAt + dueMs);
      const lateMs = performance.now() - startsAt - dueMs;
      const status = await post(agent, line, form, signature);
      const ackMs = performance.now() - startsAt - dueMs;
      return { from, dueAtMs: startsAtMs + dueMs, lateMs, status, ackMs };
    }),
  );
  agent.destroy();
  return sent;
}

/** https://www.twilio.com/docs/usage/security#validating-requests */
function sign({ programUrl, accountSid, authToken, to }: Line, text: ScheduledText) {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const fields: Readonly<Record<string, string>> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    Body: text.body,
    From: text.from,
    FromCountry: 'US',
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: to,
    ToCountry: 'US',
  };
  const inOrder = Object.entries(fields).map(([name, value]) => name + value);
  const signature = createHmac('sha1', authToken)
    .update(`${programUrl}${path}${inOrder.join('')}`)
    .digest('base64');
  return { form: new URLSearchParams(fields).toString(), signature };
}

const path = '/twilio/messages';

function at(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}

function post(agent: Agent, { programUrl }: Line, form: string, signature: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': Buffer.byteLength(form),
      'x-twilio-signature': signature,
    };
    request(`${programUrl}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', () => resolve(0))
      .end(form);
  });
}
