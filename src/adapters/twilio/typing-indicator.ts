import { ExternalError } from '../../errors.ts';
import { askTwilio, type TwilioCredentials } from './ask-twilio.ts';
import { besideApi } from './beside-api.ts';

const pauseMs = 10 * 60_000;

/**
 * Marks a WhatsApp message as read and shows for up to 25 seconds that somebody types. Never fails: where
 * Twilio does not take it, it is left alone for a while.
 * https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource
 */
export function createTypingIndicator(
  credentials: Omit<TwilioCredentials, 'timeoutMs'>,
): (messageSid: string) => Promise<void> {
  const messagingApi = { ...credentials, ...besideApi(credentials.apiUrl, 'messaging') };
  let pausedUntil = 0;
  return async (messageSid) => {
    if (performance.now() < pausedUntil || !/^(?:SM|MM)[\da-f]{32}$/i.test(messageSid)) return;
    const form = new URLSearchParams({ messageId: messageSid, channel: 'whatsapp' });
    try {
      const answer = await askTwilio(messagingApi, '/v2/Indicators/Typing.json', form);
      if (answer.kind === 'declined') pausedUntil = performance.now() + pauseMs;
    } catch (error) {
      if (!(error instanceof ExternalError)) throw error;
      pausedUntil = performance.now() + pauseMs;
    }
  };
}
