import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type TokenCipher = {
  /** `place` is where the text will lie: elsewhere it cannot be decrypted. */
  encrypt(text: string, place: string): string;
  /** Undefined when no key fits, or a byte of text or place is another. */
  decrypt(encrypted: string, place: string): Decrypted | undefined;
};

export type Decrypted = {
  readonly text: string;
  /** False: by an older key, which is to be forgotten one day. */
  readonly byFirstKey: boolean;
};

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** The first key encrypts, all of them decrypt. */
export function createTokenCipher(keys: readonly Buffer[]): TokenCipher {
  const [first] = keys;
  if (!first) throw new Error('A cipher needs a key.');
  return {
    encrypt(text, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, first, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    decrypt(encrypted, place) {
      const bytes = Buffer.from(encrypted, 'base64');
      for (const key of keys) {
        const text = open(bytes, key, place);
        if (text !== undefined) return { text, byFirstKey: key === first };
      }
      return undefined;
    },
  };
}

function open(bytes: Buffer, key: Buffer, place: string): string | undefined {
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  try {
    // With the length given, Node takes no shorter tag, which would be easier to guess.
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
    const body = bytes.subarray(nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
