import type { ReturnLifeWords } from './vocabulary.ts';

const word = '(?!(?:but|and|or|return|send|refund|swap|exchange)\\b)\\w+';
const thing = `(?:it|them|this|that|these|those|everything|(?:the|my) ${word}(?: ${word}){0,2})`;
const returning = '(?:returns?|exchanges?|rma)';

/** What customers write about a return that is agreed to already. They see folded lower-case text. */
export const returnLifeEnglish: ReturnLifeWords = {
  howToSend: [
    /\b(?:how|where|when|until when|by when)\b[^.!?]{0,25}\b(?:send|sent|ship|mail|post|return|drop|bring|take|give|go)\b(?![^.!?]{0,12}\b(?:my|the|me my) (?:refund|money))/,
    /\b(?:where|what|which|whats|send me|need|give me)\b[^.!?]{0,40}\badd?ress\b/,
    /\blabels?\b|\bqr code\b|\bpacking slip\b/,
    /\b(?:what|whats) (?:do i (?:need to )?do (?:now|next)|(?:are )?(?:the )?next(?: steps?)?|happens (?:now|next))\b|\bhow (?:does|do) (?:this|it|the return) work\b/,
    /\bhow (?:long|many days|much time) do i have\b|\b(?:deadline|last day)\b/,
  ],
  sent: [
    new RegExp(
      `\\b(?:i|we|ive|weve|i have|we have|my (?:wife|husband|partner|friend|mom|dad))(?: (?:have|had|already|just|now|finally|did|also))* (?:sent|posted|shipped|mailed|dropped|returned|handed|dispatched|put)\\b(?: ${thing})?(?: (?:back|off|out|in|over|at|with|via|by|to|this|on|yesterday|today|last|already|now|ages)\\b|\\W|$)`,
    ),
    new RegExp(
      `^\\W*(?:(?:just|already|have|finally|ok|hi) )*(?:sent|posted|shipped|mailed|dropped|returned) ${thing}`,
    ),
    /\btracking\b(?! (?:my|for my) order)|\b1z[a-z0-9]{10,}\b/,
    /\b(?:its|it is|theyre|they are|(?:package|parcel|box|return|jacket|item)s? (?:is|are)) (?:now |already )?(?:on (?:its|the|their) way(?: back| to you)?|in the (?:mail|post))\b/,
    /\b(?:did|have|has) (?:you|u|it|they|the (?:package|parcel|box|item)|my (?:package|parcel|box|item)) (?:get|got|receive|received|arrived?|come|reach|reached) ?(?:it|them|you|there|my (?:package|parcel|box)|yet|already)?\b/,
  ],
  notAMessage: /\b(?:e ?mails?|messages?|texts?|photos?|pictures?|pics?|proof|money|payment)\b/,
  namesReturn: new RegExp(`\\b${returning}\\b`),
  cancels: [
    new RegExp(
      `\\b(?:cancel|call off|withdraw|undo|scrap|abort|revoke|drop|forget)(?:ling|ing)?\\b[^.!?]{0,20}\\b${returning}\\b`,
      'g',
    ),
    new RegExp(
      `\\b(?:ill|i will|im|i am|i|id|i would|we|well|were|we are|we will|(?:want|like|going|gonna|decided|rather|prefer)(?: to)?) (?:(?:want|like|going|gonna|decided|just|rather|now|do|to|think|be|am|is|will|ill) )*keep(?:ing)? ${thing}`,
      'g',
    ),
    new RegExp(
      `\\b(?:dont|do not|no longer|not|didnt|never) (?:really )?(?:want|need|wish|going|gonna|like)?(?:ing)? ?(?:to )?(?:return|send|swap|exchang)(?:e|ing)? ${thing}(?: back)?(?: (?:any ?more|after all|now))?`,
      'g',
    ),
    /\b(?:chang(?:ed|ing) (?:my|our) mind)\b(?: about (?:the return|returning|it|this|that))?/g,
  ],
};
