import { createHmac } from 'node:crypto';
import { publicUrl } from './open-world.ts';

export type FormFields = Readonly<Record<string, string | Buffer>>;

/** Posts a form as Twilio does, signed over its bytes; values may be bytes that are no UTF-8. */
export async function postSignedForm(
  url: string,
  path: string,
  fields: FormFields,
  options: { readonly authToken: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly body: string }> {
  const pairs = Object.entries(fields).map(([name, value]) => [name, Buffer.from(value)] as const);
  const hmac = createHmac('sha1', options.authToken).update(publicUrl + path);
  for (const [name, value] of pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))) hmac.update(name).update(value);
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': hmac.digest('base64'),
      ...options.headers,
    },
    body: pairs.map(([name, value]) => `${name}=${percentEncoded(value)}`).join('&'),
  });
  return { status: response.status, body: await response.text() };
}

function percentEncoded(bytes: Buffer): string {
  return bytes.toString('hex').replace(/../g, '%$&');
}
