import { createHmac, hkdfSync } from 'node:crypto';
import { createTokenCipher } from './token-cipher.ts';

export type PersonalData = {
  /** Encrypted; opens only in the same place. */
  seal(text: string, place: string): string;
  /** Undefined when no key fits. */
  open(sealed: string, place: string): string | undefined;
  /** The same for the same text; tells nothing about it without the key. 32 hex digits. */
  hash(purpose: 'model-user' | 'privacy-subject', text: string): string;
};

/** Keys of any length, at least one. The first seals and hashes, all of them open. */
export function createPersonalData(keys: readonly Buffer[]): PersonalData {
  const derive = (key: Buffer, use: string) => Buffer.from(hkdfSync('sha256', key, '', use, 32));
  const cipher = createTokenCipher(keys.map((key) => derive(key, 'personal data: seal')));
  const [first = Buffer.alloc(0)] = keys;
  return {
    seal: (text, place) => cipher.encrypt(text, place),
    open: (sealed, place) => cipher.decrypt(sealed, place)?.text,
    hash: (purpose, text) =>
      createHmac('sha256', derive(first, `personal data: ${purpose}`))
        .update(text)
        .digest('hex')
        .slice(0, 32),
  };
}
