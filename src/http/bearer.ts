import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares digests, so that neither the token's length nor its first letters can be timed. */
export function hasBearerToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +([^\s,]+) *$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
