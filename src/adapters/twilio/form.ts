/** A parameter as received, percent-decoded and nothing more: one char per byte. */
export type RawParam = { readonly name: string; readonly value: string };

/** The text of a form body. Bytes that are no UTF-8 become U+FFFD; of a repeated name the first counts. */
export function readForm(rawBody: Buffer): URLSearchParams {
  return new URLSearchParams(rawBody.toString('utf8'));
}

/** An id or undefined: what is stored and compared must not carry anything else. */
export function readSid(form: URLSearchParams, name: string): string | undefined {
  const sid = form.get(name) ?? '';
  return /^[A-Za-z0-9_-]{1,64}$/.test(sid) ? sid : undefined;
}

/** A form body as bytes, in latin1 strings: a signature covers bytes, not the text they may stand for. */
export function readRawParams(rawBody: Buffer): readonly RawParam[] {
  return rawBody
    .toString('latin1')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1) return { name: percentDecoded(pair), value: '' };
      return { name: percentDecoded(pair.slice(0, equals)), value: percentDecoded(pair.slice(equals + 1)) };
    });
}

function percentDecoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
