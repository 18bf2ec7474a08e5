/** Twilio's own stores of media, by host; the old one is shared with others, so its path counts too. */
const stores: ReadonlyMap<string, RegExp> = new Map([
  ['mms.twiliocdn.com', /^\//],
  ['media.twiliocdn.com', /^\//],
  ['s3-external-1.amazonaws.com', /^\/media\.twiliocdn\.com\//],
]);

export type MediaAccount = { readonly accountSid: string; readonly apiUrl: string };

/**
 * Where an attachment is asked for: always at the API we are configured for, which alone is shown our token,
 * and only the path comes from outside. Undefined for anything but media of our account.
 * https://www.twilio.com/docs/messaging/api/media-resource
 */
export function mediaAddress(given: string, { accountSid, apiUrl }: MediaAccount): URL | undefined {
  const url = URL.parse(given);
  if (url?.origin !== 'https://api.twilio.com' && url?.origin !== new URL(apiUrl).origin) return undefined;
  if (`${url.username}${url.password}${url.search}${url.hash}` !== '') return undefined;
  const [, account] =
    /^\/2010-04-01\/Accounts\/(\w{1,64})\/Messages\/\w{1,64}\/Media\/\w{1,64}$/.exec(url.pathname) ?? [];
  return account === accountSid ? new URL(url.pathname, apiUrl) : undefined;
}

/** Where a redirect may lead: to Twilio's stores over https, or, where we use a stand-in, back to it. */
export function redirectAddress(
  location: string | undefined,
  from: URL,
  { apiUrl }: MediaAccount,
): URL | undefined {
  const url = location ? URL.parse(location, from.href) : null;
  if (url === null || `${url.username}${url.password}` !== '') return undefined;
  if (isStandIn(apiUrl) && url.origin === new URL(apiUrl).origin) return url;
  const isKnown = url.protocol === 'https:' && url.port === '';
  return isKnown && stores.get(url.hostname)?.test(url.pathname) ? url : undefined;
}

/** A configured API that is not Twilio's may be on a private network: whoever configured it meant it. */
export function isStandIn(apiUrl: string): boolean {
  return !/(^|\.)twilio\.com$/.test(new URL(apiUrl).hostname);
}
