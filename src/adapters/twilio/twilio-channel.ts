import { type Circuit, createCircuit } from '../../circuit.ts';
import { ExternalError } from '../../errors.ts';
import type { Channel, OutgoingText, SendReceipt } from '../../ports/channel.ts';
import { askTwilio, type TwilioCredentials } from './ask-twilio.ts';
import { meaningOfTwilioError } from './error-codes.ts';
import { findSentMessages } from './find-sent-messages.ts';
import { createQuickReplies, type QuickReplies } from './quick-replies.ts';

export type TwilioChannelConfig = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
  /** A number, `whatsapp:+1…`, or a pool of numbers. */
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  readonly statusCallbackUrl?: string | undefined;
  /** For WhatsApp texts more than 24 hours after the customer's last one: a content id. Variable 1 is the text. */
  readonly templateSid?: string | undefined;
  readonly timeoutMs?: number;
  /** One for all that is asked of an account. */
  readonly circuit?: Circuit;
  readonly onCall?: (call: TwilioCall) => void;
};

type TwilioCall = {
  readonly operation: 'send' | 'find';
  readonly outcome: 'answered' | 'failed';
  readonly code: string | undefined;
  readonly durationMs: number;
};

export function createTwilioChannel(config: TwilioChannelConfig): Channel {
  const credentials = { timeoutMs: 10_000, ...config };
  const quickReplies = createQuickReplies(credentials);
  const circuit = config.circuit ?? createCircuit({ service: 'twilio' });
  return {
    hasTemplate: config.templateSid !== undefined,
    send: (text) => observed(config, 'send', () => circuit(() => sendText(credentials, quickReplies, text))),
    findSent: (text, since) =>
      observed(config, 'find', () =>
        circuit(() =>
          findSentMessages(credentials, {
            text,
            since,
            from: 'from' in config.sender ? config.sender.from : undefined,
            inTemplate: text.viaTemplate === true || text.buttons !== undefined,
          }),
        ),
      ),
  };
}

async function sendText(
  config: TwilioChannelConfig & TwilioCredentials,
  quickReplies: QuickReplies,
  text: OutgoingText,
): Promise<SendReceipt> {
  if (text.viaTemplate && config.templateSid) {
    return postMessage(config, text.to, contentOf(config.templateSid, { 1: text.body }));
  }
  const isShort = text.body.length <= longestWithButtons;
  const found = text.buttons && isShort ? await quickReplies(text.buttons) : undefined;
  if (found) {
    const content = contentOf(found.contentSid, { 1: text.body, 2: text.key, ...found.variables });
    const receipt = await postMessage(config, text.to, content);
    // Not taken because of the buttons, or for a reason that the text alone meets too.
    if (receipt.kind === 'accepted') return receipt;
  }
  return postMessage(config, text.to, { Body: text.body, SmartEncoded: 'true' });
}

const longestWithButtons = 1_024;

function contentOf(contentSid: string, variables: Readonly<Record<string, string>>) {
  return { ContentSid: contentSid, ContentVariables: JSON.stringify(variables) };
}

async function postMessage(
  config: TwilioChannelConfig & TwilioCredentials,
  to: string,
  content: Readonly<Record<string, string>>,
): Promise<SendReceipt> {
  const form = new URLSearchParams({ To: to, ...content });
  if ('from' in config.sender) form.set('From', config.sender.from);
  else form.set('MessagingServiceSid', config.sender.messagingServiceSid);
  if (config.statusCallbackUrl) form.set('StatusCallback', config.statusCallbackUrl);
  const answer = await askTwilio(config, `/2010-04-01/Accounts/${config.accountSid}/Messages.json`, form);
  if (answer.kind === 'declined') {
    return { kind: 'refused', reason: refusalReason(answer.code), code: answer.code };
  }
  const { sid } = answer.body;
  if (typeof sid === 'string' && sid !== '') return { kind: 'accepted', providerId: sid };
  throw new ExternalError({ service: 'twilio', retryable: true, outcome: 'unknown', code: 'nonsense' });
}

function refusalReason(code: string): 'opted-out' | 'unreachable' | 'rejected' {
  const meaning = meaningOfTwilioError(code);
  return meaning === 'opted-out' || meaning === 'unreachable' ? meaning : 'rejected';
}

async function observed<T>(
  { onCall }: TwilioChannelConfig,
  operation: TwilioCall['operation'],
  call: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const report = (outcome: TwilioCall['outcome'], code: string | undefined) =>
    onCall?.({ operation, outcome, code, durationMs: performance.now() - startedAt });
  try {
    const result = await call();
    report('answered', undefined);
    return result;
  } catch (error) {
    report('failed', error instanceof ExternalError ? error.code : undefined);
    throw error;
  }
}
