import { ExternalError } from '../../errors.ts';
import type { Button } from '../../ports/channel.ts';
import { askTwilio, type TwilioCredentials } from './ask-twilio.ts';
import { besideApi } from './beside-api.ts';

/** Finds the content that shows these buttons below a text; undefined where there is none to be had. */
export type QuickReplies = (buttons: readonly Button[]) => Promise<string | undefined>;

/** WhatsApp shows three, of 20 characters each, without having approved them. */
const mostButtons = 3;
const longestTitle = 20;
const pauseMs = 10 * 60_000;
const path = '/v1/Content';

/**
 * Twilio keeps buttons as contents of their own, made once per account: variable 1 is the text, and variable 2
 * goes into each button's id and comes back when it is tapped. Whatever fails, the text goes out without them.
 * https://www.twilio.com/docs/content/twilio-quick-reply
 */
export function createQuickReplies(credentials: TwilioCredentials): QuickReplies {
  const contentApi = { ...credentials, ...besideApi(credentials.apiUrl, 'content') };
  const known = new Map<string, Promise<string>>();
  let pausedUntil = 0;
  return async (buttons) => {
    if (buttons.length > mostButtons || buttons.some(({ title }) => title.length > longestTitle))
      return undefined;
    const name = nameOf(buttons);
    try {
      if (!known.has(name)) {
        if (performance.now() < pausedUntil) return undefined;
        known.set(name, findOrCreate(contentApi, name, buttons));
      }
      return await known.get(name);
    } catch (error) {
      if (!(error instanceof ExternalError)) throw error;
      known.delete(name);
      pausedUntil = performance.now() + pauseMs;
      return undefined;
    }
  };
}

function nameOf(buttons: readonly Button[]): string {
  return [
    'returns_agent',
    ...buttons.map(({ title }) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')),
  ].join('_');
}

async function findOrCreate(
  api: TwilioCredentials,
  name: string,
  buttons: readonly Button[],
): Promise<string> {
  const listed = await ask(api, `${path}?PageSize=500`);
  const contents: readonly unknown[] = Array.isArray(listed.contents) ? listed.contents : [];
  const known = contents.map((each) => ({ ...Object(each) }) as Readonly<Record<string, unknown>>);
  const found =
    known.find(({ friendly_name }) => friendly_name === name) ?? (await create(api, name, buttons));
  if (typeof found.sid !== 'string') throw unusable('nonsense');
  return found.sid;
}

function create(api: TwilioCredentials, name: string, buttons: readonly Button[]) {
  const actions = buttons.map(({ title }, index) => ({
    type: 'QUICK_REPLY',
    title,
    id: `${index + 1}.{{2}}`,
  }));
  return ask(api, path, {
    friendly_name: name,
    language: 'en',
    variables: { 1: 'Shall I go ahead?', 2: 'a-text' },
    types: { 'twilio/quick-reply': { body: '{{1}}', actions }, 'twilio/text': { body: '{{1}}' } },
  });
}

async function ask(api: TwilioCredentials, where: string, json?: object) {
  const answer = await askTwilio(api, where, json && { json });
  if (answer.kind === 'declined') throw unusable(answer.code);
  return answer.body;
}

function unusable(code: string): ExternalError {
  return new ExternalError({ service: 'twilio', retryable: false, outcome: 'refused', code });
}
