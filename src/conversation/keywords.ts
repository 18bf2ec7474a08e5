export type Keyword = 'stop' | 'start' | 'help';

/**
 * What a whole message says about being written to at all. Only whole messages count: a customer who
 * stops by the store, cancels an order or wants help with a shirt is not talking about messages.
 */
export function readKeyword(
  text: string,
  sender: { readonly optedOut: boolean } = { optedOut: false },
): Keyword | undefined {
  if (text.trim().length > 200) return undefined;
  const said = plainWords(text);
  if (stopWords.has(said) || stopWishes.some((wish) => wish.test(withoutPoliteness(said)))) return 'stop';
  if (startWords.has(said) || (sender.optedOut && said === 'yes')) return 'start';
  if (helpWords.has(said)) return 'help';
  return undefined;
}

function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}'’‘`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function withoutPoliteness(said: string): string {
  return said.replace(politeStart, '').replace(politeEnd, '');
}

// The words Twilio itself obeys: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
const stopWords = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'opt out',
]);
const startWords = new Set(['start', 'unstop']);
const helpWords = new Set(['help', 'info']);

const politeStart =
  /^(?:(?:hi|hey|hello|ok|okay|please|pls|plz|just|i said|can you|could you|would you|will you|you need to|i want you to|i want to|i would like to|id like to) )+/;
const politeEnd =
  /(?: (?:please|pls|plz|thanks|thank you|now|right now|today|immediately|already|asap|anymore|any more|again|ever|ever again))+$/;

const messages = '(?:texts?|text messages?|messages?|sms|notifications?)';
const these = '(?:(?:any|more|all|your|the|these|those|this|of) )*';
// A person may say it in any reasonable way (47 CFR 64.1200(a)(10)), also in ways the carriers' lists lack.
const stopWishes = [
  /^(?:stop|stop it|stop this|stop stop|stop stop stop|unsubscribe|unsubscribe me|opt out|opt me out|optout)$/,
  /^(?:stop|quit) (?:texting|messaging|contacting|bothering|spamming|writing to)(?: me| us)?$/,
  new RegExp(`^(?:stop|quit) (?:sending|with|getting|receiving)(?: me| us)? ${these}${messages}(?: to me)?$`),
  new RegExp(`^stop ${these}${messages}$`),
  /^(?:do not|dont|don t|never) (?:text|message|contact|sms|write to) (?:me|us|this number|my number)$/,
  new RegExp(`^(?:do not|dont|don t|never) send (?:me|us) ${these}${messages}$`),
  new RegExp(
    `^i (?:do not|dont|don t|no longer) (?:want|wish)(?: to (?:get|receive))? ${these}${messages}(?: from you)?$`,
  ),
  new RegExp(`^no more ${messages}$`),
  new RegExp(`^(?:unsubscribe|opt) (?:me )?(?:out )?(?:from|of) ${these}${messages}$`),
  new RegExp(`^(?:unsubscribe|opt) (?:me )?(?:out )?(?:from|of) ${these}list$`),
  new RegExp(
    `^(?:remove|take|delete) (?:me|my number|this number)(?: (?:from|off) ${these}(?:${messages} )?lists?)?$`,
  ),
  /^leave me alone$/,
];
