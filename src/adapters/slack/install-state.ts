import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Ties the answer of Slack's authorize page to the browser that was sent there, within ten minutes. */
export type InstallState = {
  begin(): { readonly state: string; readonly cookie: string };
  /** The state's id, for the caller to claim once; undefined for anything this program did not begin. */
  check(state: string | undefined, cookie: string | undefined): string | undefined;
};

export const stateTtlSeconds = 600;

/** Keys are those that encrypt tokens: the first signs, all are accepted. */
export function createInstallState(keys: readonly Buffer[], now: () => Date): InstallState {
  const signingKeys = keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', 'slack-install-state', 32)));
  const sign = (text: string) => signingKeys.map((key) => createHmac('sha256', key).update(text).digest());

  return {
    begin() {
      const cookie = randomBytes(24).toString('base64url');
      // Who sees the address learns a digest of the cookie, not the cookie.
      const text = `${Math.floor(now().getTime() / 1000) + stateTtlSeconds}.${digest(cookie)}`;
      return { state: `${text}.${sign(text)[0]?.toString('base64url') ?? ''}`, cookie };
    },
    check(state, cookie) {
      const [, expires = '', id = '', signature = ''] = statePattern.exec(state ?? '') ?? [];
      if (id === '' || cookie === undefined || digest(cookie) !== id) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const isOurs = sign(`${expires}.${id}`).some((known) => timingSafeEqual(known, given));
      return isOurs && now().getTime() < Number(expires) * 1000 ? id : undefined;
    },
  };
}

/** 43 characters of base64url are 32 bytes. */
const statePattern = /^(\d{1,12})\.([\w-]{43})\.([\w-]{43})$/;

function digest(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
