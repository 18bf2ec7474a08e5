import { describe, expect, it } from 'vitest';
import { hasBearerToken } from '../../src/http/bearer.ts';

describe('a bearer token', () => {
  it('matches whatever the case of the scheme', () => {
    expect(hasBearerToken('Bearer s3cret', 's3cret')).toBe(true);
    expect(hasBearerToken('bearer  s3cret ', 's3cret')).toBe(true);
  });

  it('does not match when it differs, is absent, sent twice, or under another scheme', () => {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      's3cret',
      'Basic s3cret',
      'Bearer s3cre',
      'Bearer s3crett',
      'Bearer S3CRET',
      'Bearer s3cret, Bearer s3cret',
    ]) {
      expect([header, hasBearerToken(header, 's3cret')]).toEqual([header, false]);
    }
  });

  it('never matches when no token is configured', () => {
    expect(hasBearerToken('Bearer ', '')).toBe(false);
    expect(hasBearerToken(undefined, '')).toBe(false);
  });
});
