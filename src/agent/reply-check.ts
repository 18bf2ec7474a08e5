import type { ModelItem } from '../ports/model.ts';
import type { ConversationFacts } from '../ports/tools.ts';
import { foldText } from '../returns/fold-text.ts';
import { claimsUndone } from './promise-check.ts';

export type ReplyProblem = 'empty' | 'amount' | 'date' | 'refunded' | 'promise';

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
  const sources = foldText([JSON.stringify(facts), ...items.map(sourceOf)].join('\n'));
  const said = foldText(reply);
  if (!isSubset(amountsIn(said), amountsIn(sources))) return 'amount';
  if (!isSubset(datesIn(said), datesIn(sources))) return 'date';
  if (!isSubset(durationsIn(said), durationsIn(sources))) return 'date';
  const results = items.flatMap(readResult);
  if (claimsUnbacked(reply, facts, results)) return 'refunded';
  return claimsUndone(reply, wordsOf(facts, items, results)) ? 'promise' : undefined;
}

/** What our own texts and tools say, and that an order was cancelled, which a tool shows without a sentence. */
function wordsOf(
  { policy }: ConversationFacts,
  items: readonly ModelItem[],
  results: readonly Result[],
): readonly string[] {
  return [
    ...policy,
    ...items.flatMap((item) => (item.kind === 'agent-text' ? [item.text] : [])),
    ...results.flatMap(({ say }) => (typeof say === 'string' ? [say] : [])),
    ...results.flatMap(({ order }) =>
      isCancelled(order) ? [`Order ${order.order_number} was cancelled.`] : [],
    ),
  ];
}

function isCancelled(order: unknown): order is { readonly order_number: unknown } {
  return typeof order === 'object' && order !== null && 'cancelled' in order && order.cancelled === true;
}

type Result = Readonly<Record<string, unknown>>;

/** The policy and a tool's own sentence may be repeated; any other that says money moved needs a refund that was made. */
function claimsUnbacked(reply: string, facts: ConversationFacts, results: readonly Result[]): boolean {
  // `submit_return` answers so when the refund ended while the model worked.
  const refunded = [...facts.refunds, ...results].some(({ state }) => state === 'refunded');
  const unmade = unmadeOrders(results);
  if (refunded && unmade.size === 0) return false;
  const ours = [...facts.policy, ...results.flatMap(({ say }) => (typeof say === 'string' ? [say] : []))];
  const rest = ours.reduce(
    (text, sentence) => text.replaceAll(withPlainQuotes(sentence), '\n'),
    withPlainQuotes(reply),
  );
  if (!claimsRefund(rest)) return false;
  const listed = new Set([...facts.refunds.flatMap(refundedOrder), ...results.flatMap(refundedOrders)]);
  for (const order of unmade) listed.delete(order);
  if (listed.size === 0) return true;
  const claims = rest.split(/(?<=[.!?])\s+|\n+/).filter(claimsRefund);
  return claims.some(
    (claim) => !isSubset(ordersIn(claim).size > 0 ? ordersIn(claim) : ordersIn(rest), listed),
  );
}

function withPlainQuotes(text: string): string {
  return foldText(text).replaceAll('’', "'");
}

function ordersIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/#[\w-]*\w/g) ?? []);
}

type ListedRefund = { readonly state?: unknown; readonly order_number?: unknown };

function refundedOrder({ state, order_number }: ListedRefund): readonly string[] {
  return state === 'refunded' || state === 'made' ? [String(order_number)] : [];
}

/** A list of refunds vouches for the orders it names as refunded, and for no other. */
function refundedOrders({ status, refunds }: Result): readonly string[] {
  const isList = status === 'listed' || status === knownStatus;
  return isList && Array.isArray(refunds) ? refunds.flatMap(refundedOrder) : [];
}

/** What the shop was just read to say about an order counts for more than what the facts knew before. */
function unmadeOrders(results: readonly Result[]): ReadonlySet<string> {
  const read = results.filter(({ status }) => status === knownStatus);
  const named = read.flatMap(({ refunds }) => (Array.isArray(refunds) ? refunds : []));
  const made = new Set(read.flatMap(refundedOrders));
  return new Set(named.map(({ order_number }) => String(order_number)).filter((order) => !made.has(order)));
}

/** Of `return_status`. Its data name days and amounts of refunds that may never come, its own words do not. */
const knownStatus = 'known';

function readResult(item: ModelItem): readonly Result[] {
  if (item.kind !== 'tool-result') return [];
  const result: unknown = JSON.parse(item.outputJson);
  return typeof result === 'object' && result !== null ? [{ ...result }] : [];
}

function claimsRefund(text: string): boolean {
  return refundClaims.some((claim) => claim.test(text));
}

const refundClaims = [
  /(?<!not |not yet |n't |never )\b(?:been|was|were|is now|is already|got) (?:fully |successfully |already )?(?:refunded|credited|reimbursed)\b/i,
  /\b(?:i|we)(?:'ve| have)? (?:(?:just|now|fully|successfully|already) )*(?:refunded|credited|reimbursed)\b/i,
  /\brefund\b(?:(?!\b(?:when|once|if|until|after)\b)(?:[^.!?;:\n]|\.(?=\d))){0,60}\b(?:has been|was|is) (?:(?:now|fully|successfully|already) )*(?:made|issued|completed?|processed|sent|done|on its way)\b(?! (?:as soon as|once|when|after)\b)/i,
  /\brefund (?:(?:has )?(?:gone|went) through|complete|completed|issued|processed|sent)\b/i,
  /\b(?:issued|processed|completed|sent) (?:you )?(?:your|the|a) (?:full )?refund\b/i,
  /\b(?:sent|returned|transferred) (?:you )?(?:your|the) money\b/i,
];

/** Customers' own words vouch for nothing. */
function sourceOf(item: ModelItem): string {
  switch (item.kind) {
    case 'tool-result':
      return readResult(item)
        .map((result) => (result.status === knownStatus ? String(result.say) : item.outputJson))
        .join();
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
const numberWord =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million';
const amount = new RegExp(
  [
    `(?:[$€£¥₹]|\\b(?:${code})\\b)\\s?\\d[\\d.,]*`,
    `\\d[\\d.,]*\\s?(?:[$€£¥₹]|(?:${code}|dollars?|euros?|pounds?|yen|bucks)\\b)`,
    `\\b(?:${numberWord})[ -](?:${code}|dollars?|euros?|pounds?|yen|bucks|cents)\\b`,
    // Cents give a figure away that names no currency.
    '(?<![\\d.,/:-])\\d[\\d.,]*[.,]\\d{2}(?![\\d/:%-]|[.,]\\d)',
  ].join('|'),
  'gi',
);

function amountsIn(text: string): ReadonlySet<string> {
  const percentages = text.match(/\d[\d.,]*\s?%/g) ?? [];
  return new Set([
    ...(text.match(amount) ?? []).map(canonicalFigure),
    ...percentages.map((figure) => `${canonicalFigure(figure)}%`),
  ]);
}

/** `$1,234.00`, `1234 USD` and `1.234,00 EUR` are one figure; `$24.50` and `$2450` are two. */
function canonicalFigure(figure: string): string {
  const number = figure.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '') || figure.toLowerCase();
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

const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const duration = new RegExp(
  `\\b(?<from>\\d+)(?:\\s?(?:-|–|to)\\s?(?<to>\\d+))?[\\s-](?:(?:business|working|calendar) )?(?<unit>hour|day|week|month|year)s?\\b|\\b(?<name>${weekday})\\b`,
  'gi',
);

/** As `30 day`, and weekdays by their name: how long something takes is a promise too. */
function durationsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { groups } of text.matchAll(duration)) {
    const { from, to, unit, name } = groups ?? {};
    for (const number of [from, to]) if (number) found.add(`${Number(number)} ${unit?.toLowerCase()}`);
    if (name) found.add(name.toLowerCase());
  }
  return found;
}
