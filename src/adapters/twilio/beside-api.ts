/** What is nice to have must not keep a text waiting. */
const timeoutMs = 3_000;

/** Where Twilio's other services are: on hosts of their own, or where a stand-in says that it is all of Twilio. */
export function besideApi(apiUrl: string, service: 'content' | 'messaging') {
  const url = new URL(apiUrl);
  if (url.hostname.endsWith('.twilio.com')) url.hostname = url.hostname.replace(/^api\./, `${service}.`);
  return { apiUrl: url.href, timeoutMs };
}
