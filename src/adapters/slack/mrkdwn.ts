const lookAlikes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  '@': '＠',
  '|': '¦',
};

/**
 * Text from outside (a shop, a customer, a person's name) as inert Slack mrkdwn on one line, at most
 * `maxLength` characters after escaping. Slack gives `*_~` and backticks a meaning even inside words and
 * offers no escape for them, so they become look-alikes; so do `@`, `://` and `:emoji:`.
 */
export function escapeMrkdwn(text: string, maxLength = 1000): string {
  return joinUpTo(maxLength, inertLine(text), (character) => lookAlikes[character] ?? character);
}

/** The same, whole, in parts of at most `partLength` characters; past `maxParts` the last ends in `…`. */
export function escapeMrkdwnInParts(text: string, partLength: number, maxParts: number): string[] {
  const parts = [''];
  for (const character of inertLine(text)) {
    const written = lookAlikes[character] ?? character;
    const last = parts.length - 1;
    // One character less than allowed, so that the mark of a shortened text fits.
    if ((parts[last] ?? '').length + written.length < partLength) parts[last] += written;
    else if (parts.length < maxParts) parts.push(written);
    else return parts.with(last, `${parts[last] ?? ''}…`);
  }
  return parts;
}

/** The same text for a `plain_text` object, which has no markup to escape. */
export function plainLine(text: string, maxLength: number): string {
  return joinUpTo(maxLength, visibleLine(text), (character) => character);
}

const cellLookAlikes: Readonly<Record<string, string>> = { ...lookAlikes, '&': '&', '<': '‹', '>': '›' };

/** Text from outside for a table cell, where Slack reads no markup and unescapes nothing. */
export function inertCell(text: string, maxLength: number): string {
  return joinUpTo(maxLength, inertLine(text), (character) => cellLookAlikes[character] ?? character);
}

/** An explicit link, or only its label when the address is not a web address. */
export function mrkdwnLink(url: string | undefined, label: string): string {
  const address = url === undefined ? undefined : webAddress(url);
  return address === undefined ? label : `<${address}|${label}>`;
}

/** Shown in each reader's own time zone; the fallback is UTC. */
export function mrkdwnDate(date: Date): string {
  const fallback = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(date.getTime() / 1000)}^{date_short_pretty} at {time}|${fallback}>`;
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return undefined;
  const address = parsed.href.replaceAll('&', '&amp;').replaceAll('|', '%7C').replaceAll('>', '%3E');
  return address.length <= 1000 ? address : undefined;
}

function inertLine(text: string): string {
  return visibleLine(text)
    .replaceAll('://', ':⁄⁄')
    .replace(/:(?=[\w+'-]+:)/g, '∶');
}

/** Bidi and zero-width characters can make a line read as something it is not; marks can cover a line. */
function visibleLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
}

function joinUpTo(maxLength: number, text: string, write: (character: string) => string): string {
  const parts: string[] = [];
  let length = 0;
  for (const character of text) {
    const written = write(character);
    parts.push(written);
    length += written.length;
    if (length > maxLength) return shortened(parts, length, maxLength);
  }
  return parts.join('');
}

function shortened(parts: string[], length: number, maxLength: number): string {
  let left = length;
  while (left > maxLength - 1 && parts.length > 0) left -= parts.pop()?.length ?? 0;
  return `${parts.join('')}…`;
}
