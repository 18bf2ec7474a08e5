import type { Language } from '../returns/language.ts';
import { keywordWords } from './keyword-words.ts';

export type Keyword = 'stop' | 'start' | 'help';

export type SaidKeyword = {
  readonly kind: Keyword;
  /** Words of keywords and wishes only; undefined where the provider recognised it by its own list. */
  readonly word: string | undefined;
  /** Undefined for words that every language uses. */
  readonly language: Language | undefined;
};

/**
 * What a whole message says about being written to at all. Only whole messages count: a customer who
 * stops by the store, cancels an order or wants help with a shirt is not talking about messages.
 */
export function readKeyword(
  text: string,
  sender: { readonly optedOut: boolean } = { optedOut: false },
  /** What the provider took it for and has answered: that holds, whatever the words. */
  answered?: Keyword,
): SaidKeyword | undefined {
  const said = readWords(text, sender);
  if (answered === undefined || said?.kind === answered) return said;
  return { kind: answered, word: undefined, language: undefined };
}

function readWords(text: string, { optedOut }: { readonly optedOut: boolean }): SaidKeyword | undefined {
  if (text.trim().length > 200) return undefined;
  const word = plainWords(text);
  const bare = word.replace(politeStart, '').replace(politeEnd, '');
  const found = (kind: Keyword, language?: Language): SaidKeyword => ({ kind, word, language });
  if (internationalStop.has(word)) return found('stop');
  if (startWords.has(word)) return found('start');
  if (keywordWords.en.stop.has(word) || stopWishes.some((wish) => wish.test(bare)))
    return found('stop', 'en');
  for (const [language, { stop, back, help }] of languages) {
    const foreign = word.replace(politeAbroad, '');
    if (language !== 'en' && stop.has(foreign)) return found('stop', language);
    if (optedOut && back.has(word)) return found('start', language);
    if (help.has(word)) return found('help', word === 'info' ? undefined : language);
  }
  return undefined;
}

const languages = Object.entries(keywordWords) as readonly (readonly [
  Language,
  (typeof keywordWords)[Language],
])[];

function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Cf}\p{M}'’‘`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Carriers teach these to everybody. */
const internationalStop = new Set(['stop', 'stopall', 'stop all']);
const startWords = new Set(['start', 'unstop']);
const politeAbroad =
  /^(?:por favor|bitte|per favore|svp) | (?:por favor|bitte|per favore|svp|sil vous plait|gracias|merci|danke|obrigado|obrigada|grazie)$/g;

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
