import type { ModelItem } from '../ports/model.ts';
import type { ConversationFacts } from '../ports/tools.ts';

export type ReplyProblem = 'empty' | 'amount' | 'date' | 'refunded';

/**
 * The last gate before a text goes out: what it names must stand in a tool result, in the facts, or in a
 * text that went out before. Returns what is wrong, or undefined.
 */
export function checkReply(
  reply: string,
  facts: ConversationFacts,
  items: readonly ModelItem[],
): ReplyProblem | undefined {
  if (reply.trim() === '') return 'empty';
  const sources = [JSON.stringify(facts), ...items.map(sourceOf)].join('\n');
  if (!isSubset(amountsIn(reply), amountsIn(sources))) return 'amount';
  if (!isSubset(datesIn(reply), datesIn(sources))) return 'date';
  const refunded = facts.refunds.some((refund) => refund.state === 'refunded');
  return claimsRefund.test(reply) && !refunded ? 'refunded' : undefined;
}

const claimsRefund =
  /\b(?:has been|have been|was|is now|is already|(?:i|we)(?:'ve| have)(?: just)?) (?:fully |successfully |already )?(?:refunded|credited|reimbursed)\b|\brefund (?:has been|was|is) (?:fully |successfully |already )?(?:made|issued|completed?|processed|sent|done)\b|\b(?:issued|processed|completed|sent) (?:your|the|a) refund\b/i;

/** Customers' own words vouch for nothing. */
function sourceOf(item: ModelItem): string {
  switch (item.kind) {
    case 'tool-result':
      return item.outputJson;
    case 'agent-text':
      return item.text;
    case 'customer-text':
    case 'tool-call':
    case 'opaque':
      return '';
  }
}

function isSubset(named: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  return named.isSubsetOf(known);
}

const code = 'USD|EUR|GBP|JPY|KWD|CAD|AUD|NZD|MXN|BRL|CHF|SEK|NOK|DKK|PLN|INR';
const amount = new RegExp(
  `(?:[$€£¥₹]|\\b(?:${code})\\b)\\s?\\d[\\d.,]*|\\d[\\d.,]*\\s?(?:[$€£¥₹]|(?:${code}|dollars?|euros?|pounds?|yen|bucks)\\b)`,
  'gi',
);

function amountsIn(text: string): ReadonlySet<string> {
  return new Set((text.match(amount) ?? []).map(canonicalFigure));
}

/** `$1,234.00`, `1234 USD` and `1.234,00 EUR` are one figure; `$24.50` and `$2450` are two. */
function canonicalFigure(figure: string): string {
  const number = figure.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '');
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? [];
  const digits = whole.replace(/[.,]/g, '');
  const rest = decimals.replace(/0+$/, '');
  return rest ? `${digits}.${rest}` : digits;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = `(${months.join('|')})[a-z]*\\.?`;
const datePatterns = [
  /\b\d{4}-(?<month>\d{2})-(?<day>\d{2})/g,
  /\b(?<month>\d{1,2})[/.](?<day>\d{1,2})[/.]\d{2,4}\b/g,
  new RegExp(`\\b(?<name>${monthName}) (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b`, 'gi'),
  new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<name>${monthName})\\b`, 'gi'),
];

/** As `month-day`, so that `2026-11-05` in a result covers `November 5` in a reply. */
function datesIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pattern of datePatterns) {
    for (const { groups } of text.matchAll(pattern)) {
      const name = groups?.name?.slice(0, 3).toLowerCase();
      const month = name ? months.indexOf(name) + 1 : Number(groups?.month);
      found.add(`${month}-${Number(groups?.day)}`);
    }
  }
  return found;
}
