import type { Config } from '../config.ts';
import { type CodeKey, deriveCodeKey } from '../returns/one-time-code.ts';
import { personalDataKeys } from './personal-data-keys.ts';

/** The same in every process. Where the secret behind it is changed, codes that are on their way fail. */
export function createCodeKey(config: Config): CodeKey | undefined {
  const { messagingServiceSid, smsFrom } = config.twilio ?? {};
  const [secret] = personalDataKeys(config);
  return secret && (messagingServiceSid || smsFrom) ? deriveCodeKey(secret) : undefined;
}
