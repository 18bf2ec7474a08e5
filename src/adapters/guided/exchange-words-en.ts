const size =
  '(?:(?:extra|double|x|xx)[ -]?)*(?:small|medium|large)|[2-5]?x{1,4}[ -]?[sl]|[sml]|sm|med|lg|lrg';
const colour =
  '(?:light |dark |pale |navy )?(?:black|white|gr[ae]y|blue|navy|red|green|yellow|orange|purple|pink|brown|beige|cream|ivory|tan|olive|teal|khaki|burgundy|maroon|charcoal|silver|gold|sand|rust|mustard|lilac|turquoise|natural|oat|moss|indigo)';
const swap = 'exchang(?:e|ing)|swap+(?:ing)?|replac(?:e|ing)|trad(?:e|ing)|switch(?:ing)?';
const asks = '(?:need(?:ed)?|want(?:ed)?|prefer|make (?:it|that)|(?:get|send|give) me|rather (?:have|get))';
const wordEnd =
  '(?=\\s*(?:$|[,.;:!?)\\n]|one\\b|size\\b|instead|please|pls|plz|not\\b|rather|if\\b|for\\b|as\\b|and\\b|but\\b|thx|thanks))';
const before =
  '(?<=\\b(?:rather|prefer|would like|id like|want|need|have|get|comes?|available|instead|exchange|swap|same(?: one| thing)?|yes|ok|okay|but|just)\\b(?:(?!return|refund|send)[^.;!?\\n]){0,40})';

/** "a medium", "in blue": another size or colour than the one that was bought. */
const wanted = [
  `\\b${asks} (?:it |them |this |one )?(?:in )?(?:an? )?(?:size )?(?:${size})\\b${wordEnd}`,
  `${before}\\bin (?:an? |the )?(?:(?:size|colou?r) )?(?:${size}|${colour}|size \\d+)\\b[^,.;!?\\n]*`,
  `\\b(?:${size}|${colour})(?: one)? instead of (?:an? |the )?(?:${size}|${colour})\\b`,
];

/** Asks for an exchange, with or without a word for it. */
export const exchangeWishes: readonly RegExp[] = [
  ...wanted.map((pattern) => new RegExp(pattern)),
  new RegExp(`\\b(?:${swap}) (?:it|them|this|that|these|those|the|my|one|both)\\b`),
  /\bchang(?:e|ing) (?:(?:it|them|this|that|(?:the|my) \w+(?: \w+)?) (?:for|to|into)|(?:the )?(?:size|colou?r))\b/,
];

/** What somebody wants in place of what they have. Names no item of the order. */
export const exchangeTargets: readonly RegExp[] = [
  new RegExp(
    `(?<=\\b(?:${swap}|chang(?:e|ing)) (?!(?:for|to|with|into|against)\\b)[^.;!?\\n]{1,80}?)\\b(?:for|with|to|into|against) (?!(?:order|me|my|us|him|her|free|you|refund|a refund|money|store|credit)\\b)[^,.;!?\\n]+`,
    'g',
  ),
  ...wanted.map((pattern) => new RegExp(pattern, 'g')),
  new RegExp(
    `\\b(?:should(?:ve| have)? (?:be|been)|wears?|im|i am|takes?) (?:an? )?(?:size )?(?:${size})\\b${wordEnd}`,
    'g',
  ),
];

/** One spelling for every size, in customers' words and in the names of variants. */
export const sizeSpellings: readonly (readonly [RegExp, string])[] = [
  [/\b(?:(?:double|2|two) ?(?:extra|x)|xx|extra extra)[ -]?(?:large|lrg|lg|l)\b/g, 'xxl'],
  [/\b(?:extra|x)[ -]?(?:large|lrg|lg|l)\b/g, 'xl'],
  [/\b(?:extra|x)[ -]?(?:small|sm|s)\b/g, 'xs'],
  [/\b(?:medium|med)\b/g, 'm'],
  [/\b(?:large|lrg|lg)\b/g, 'l'],
  [/\b(?:small|sm)\b/g, 's'],
];

/** Says how it fits, not which size is wanted. */
export const sizeComplaint =
  /\b(?:too|so|bit|little|very|runs?|is|are|way|much) (?:small|tight|short|narrow|snug|big|large|loose|long|wide|baggy)\b/g;

/** Smallest first. */
export const sizeOrder: readonly string[] = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', 'xxxl'];
export const biggerSize =
  /\b(?:bigger|larger|sizes? up|next size(?! down)|too (?:small|tight|short|narrow|snug))\b/;
export const smallerSize =
  /\b(?:smaller|sizes? down|next size down|too (?:big|large|loose|long|wide|baggy))\b/;
