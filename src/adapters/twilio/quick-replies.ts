import { ExternalError } from '../../errors.ts';
import type { Button } from '../../ports/channel.ts';
import { askTwilio, type TwilioCredentials } from './ask-twilio.ts';
import { besideApi } from './beside-api.ts';
import { type ButtonsContent, describeButtons } from './buttons-content.ts';

/** Finds the content that shows these buttons below a text; undefined where there is none to be had. */
export type QuickReplies = (buttons: readonly Button[]) => Promise<
  | {
      readonly contentSid: string;
      readonly variables: ButtonsContent['variables'];
    }
  | undefined
>;

const pauseMs = 10 * 60_000;
const path = '/v1/Content';

/**
 * Twilio keeps buttons as contents of their own, made once per account: variable 1 is the text, and variable 2
 * goes into each button's id and comes back when it is tapped. Whatever fails, the text goes out without them.
 */
export function createQuickReplies(credentials: TwilioCredentials): QuickReplies {
  const contentApi = { ...credentials, ...besideApi(credentials.apiUrl, 'content') };
  const known = new Map<string, Promise<string>>();
  let pausedUntil = 0;
  return async (buttons) => {
    const content = describeButtons(buttons);
    if (!content) return undefined;
    const { name, variables } = content;
    try {
      if (!known.has(name)) {
        if (performance.now() < pausedUntil) return undefined;
        known.set(name, findOrCreate(contentApi, content));
      }
      const contentSid = await known.get(name);
      return contentSid === undefined ? undefined : { contentSid, variables };
    } catch (error) {
      if (!(error instanceof ExternalError)) throw error;
      known.delete(name);
      pausedUntil = performance.now() + pauseMs;
      return undefined;
    }
  };
}

async function findOrCreate(api: TwilioCredentials, content: ButtonsContent): Promise<string> {
  const listed = await ask(api, `${path}?PageSize=500`);
  const contents: readonly unknown[] = Array.isArray(listed.contents) ? listed.contents : [];
  const known = contents.map((each) => ({ ...Object(each) }) as Readonly<Record<string, unknown>>);
  const found =
    known.find(({ friendly_name }) => friendly_name === content.name) ?? (await create(api, content));
  if (typeof found.sid !== 'string') throw unusable('nonsense');
  return found.sid;
}

function create(api: TwilioCredentials, { name, types, variables }: ButtonsContent) {
  const samples = Object.keys(variables).map((number) => [number, `Choice ${number}`]);
  return ask(api, path, {
    friendly_name: name,
    language: 'en',
    variables: { 1: 'Shall I go ahead?', 2: 'a-text', ...Object.fromEntries(samples) },
    types: { ...types, 'twilio/text': { body: '{{1}}' } },
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
