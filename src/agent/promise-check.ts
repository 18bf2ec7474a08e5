import { foldText } from '../returns/fold-text.ts';

type Sentence = { readonly text: string; readonly orders: ReadonlySet<string> };

/**
 * What a reply says was done beside a refund: credit given, something sent out, a label sent, an order or a
 * return cancelled, a parcel received. Each has to stand in `sources`, which are our own texts and those of
 * the tools, and for an order that is named there.
 */
export function claimsUndone(reply: string, sources: readonly string[]): boolean {
  const ours = sources.flatMap(sentencesOf);
  return sentencesOf(reply).some((said) =>
    deeds.some((deed) => claims(said, deed) && !ours.some((source) => vouches(source, said, deed))),
  );
}

function claims({ text }: Sentence, deed: readonly RegExp[]): boolean {
  const isCondition = condition.test(text) && !past.test(text);
  return !isCondition && deed.some((claim) => claim.test(text));
}

function vouches(source: Sentence, said: Sentence, deed: readonly RegExp[]): boolean {
  return claims(source, deed) && (source.orders.size === 0 || said.orders.isSubsetOf(source.orders));
}

/** "It is shipped once yours is here" tells what comes, not what was done. */
const condition = /\b(?:when|once|if|as soon as|until|before|after)\b/i;
const past = /\b(?:i|we)(?:'ve| have) (?!it\b|them\b|your\b|the\b)\w|\b(?:has|have) been\b|\b(?:was|were)\b/i;

const no = "(?<!\\b(?:not|never|nothing|if|once|when|until|before) (?:\\w+ ){0,2}|n't (?:\\w+ ){0,2})";
const gap = '(?:[^.!?\\n]|\\.(?=\\d)){0,60}?';
const we = `${no}\\b(?:i|we)(?:'ve| have)? (?:(?:just|now|already|also|successfully) )*`;
const is = `${no}\\b(?:has|have|was|were|is|are)(?: (?:now|already|just|successfully|been))*`;
const goods =
  '\\b(?:replacement|exchange|new (?!quote|message|link|offer|text|e-?mail|label)\\w+|other (?:one|size|colou?r))\\b(?!.*\\b(?:approv\\w*|review|request|team|manager)\\b)';
const sent = '(?:sent|shipped|mailed|dispatched|posted)';

/** Each a kind of deed, and the ways to say that it was done. */
const deeds: readonly (readonly RegExp[])[] = [
  [
    `${we}(?:issued|added|given|gave|put|credited|loaded|sent)\\b${gap}\\bcredit\\b`,
    `\\bcredit\\b${gap}${is} (?:issued|added|given|credited|applied|available|ready|sent|(?:on|in) (?:your|the|their) )`,
  ],
  [
    `${we}${sent}\\b${gap}${goods}`,
    `${goods}${gap}${is} (?:${sent}|on (?:its|the|their) way|out for delivery)`,
  ],
  [
    `${we}(?:${sent}|e-?mailed|texted|attached|issued|created)\\b${gap}\\blabel\\b`,
    `\\blabel\\b${gap}${is} (?:${sent}|e-?mailed|texted|attached|issued|created|on (?:its|the) way|in your )`,
  ],
  [
    `${we}cancell?ed\\b${gap}\\border\\b`,
    `(?<!\\b(?:return|exchange|refund)\\b[^.!?]{0,30})\\border\\b${gap}${is} cancell?ed\\b`,
  ],
  [
    `${we}(?:cancell?ed|closed|withdrawn|withdrew)\\b${gap}\\b(?:return|exchange)\\b`,
    `\\b(?:return|exchange)\\b${gap}${is} (?:cancell?ed|closed|withdrawn)\\b`,
  ],
  [
    `${we}(?:received|got)\\b${gap}\\b(?:return|parcel|package|items?)\\b`,
    `\\breturn\\b${gap}${is} (?:arrived|received|here)\\b`,
  ],
].map((kind) => kind.map((pattern) => new RegExp(pattern, 'i')));

function sentencesOf(text: string): readonly Sentence[] {
  return foldText(text)
    .replaceAll('’', "'")
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => ({ text: sentence, orders: new Set(sentence.match(/#[\w-]*\w/g) ?? []) }));
}
