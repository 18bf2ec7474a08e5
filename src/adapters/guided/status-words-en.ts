const typedRefund = 'r[ea]?f+o?u?n?d+n?(?:ed|s)?|refun';
const money = `(?:${typedRefund}|money|mony|cash|credit(?:ed)?|reimburse(?:d|ment)|pa(?:y|id) (?:me |us )?back)`;
const thing = `(?:${money}|returns?|retrun|rtn)\\b(?! (?:address|label|policy|window|shipping|form|instructions))`;
const within = '[^.!?]{0,30}?';
const had = '(?:got(?:ten)?|get|received?|recieved?|seen?|had|been)';
const arrived =
  '(?:come|came|arrived?|show(?:n|ed|ing)?(?: up)?|there|here|appear(?:ed|ing)?|been|in|on|posted|landed|hit|gone|reached|received|recieved)';
const ended =
  '(?:done|through|processed|processing|approved|coming|on (?:its|the) way|ready|completed?|finished|sent|issued|made|pending|denied|rejected|there|yet|accepted|paid|late|gone|stuck)';

/** How customers ask what became of a refund or return. They see folded lower-case text without apostrophes. */
export const refundStatusWords: readonly RegExp[] = [
  `\\b(?:wheres?|were is|whers?|whares?)(?: (?!do\\b|does\\b|can\\b|should|to\\b|send|ship)\\w+){0,4} ${thing}`,
  `\\bwhen (?:do|wil+|can|does|am|are|is|should|shall) ${within}\\b${money}\\b`,
  `\\bwhen (?:will|is) (?:my|the) return\\b`,
  `(?:^|[.,!?;:]\\s*|\\b(?:and|so|but|hi|hello|hey|ok|please)\\s+)has\\b${within}\\b${thing}`,
  `\\bdid (?:you|u|ya|they|we|i|my|the|it)\\b${within}\\b${thing}`,
  `\\b(?:have|hav) (?:you|u|ya|they|we)(?: (?:already|even|yet|now))? (?:got|received?|recieved?|sent?|issued?|process(?:ed)?|made|done|approved?|started|seen|given|${money})\\b(?:${within}\\b${thing})?`,
  `\\b(?:did|have|hav) (?:you|u|ya|they|i)\\b${within}\\b(?:send|sent|pay|paid)\\b${within}\\bback (?:my|the|yet)\\b`,
  `\\b(?:was|am|were|are|is|did|have|has) (?:i|we|it|this|that|they|you|u|my|the|order|number|#|\\d)${within}\\b(?:refunded|reimbursed|credited|paid back)\\b`,
  `\\b(?:is|was|are) (?:my|the|that|our) (?:${typedRefund}|money|return)\\b${within}\\b${ended}\\b`,
  `\\b(?:havent|have not|havnt|hvnt|haven t|didnt|did not|never|not)(?: yet| even| actually| still)? ${had}(?: (?:my|any|the|a|our|that|this|all|of|back|full|promised))* ${money}\\b`,
  `\\bstill (?:no|waiting|not|nothing|missing|dont (?:have|see))\\b${within}\\b${thing}`,
  `\\b(?:no|any) (?:${typedRefund}|money)(?: back)? (?:yet|so far|still|in my)\\b`,
  `\\bwaiting (?:for|on) (?:my|the|that|our|a) (?:\\w+ )?${money}\\b`,
  `\\b(?:${typedRefund}|money)(?: back)? (?:still |yet )?(?:hasnt|has not|havent|isnt|is not|not|never|didnt|did not|still not)(?: yet| even)? ${arrived}\\b`,
  `\\b(?:status|update|updates|news|progress|word|info)\\b(?: of| on| about| for| with| regarding| re)${within}\\b${thing}`,
  `\\b(?:${typedRefund}|return|money) (?:status|update|progress|news)\\b`,
  `\\b(?:what(?:s| is| has)? (?:happened|happening|going on|up) (?:to|with)|(?:what|how) about my)${within}\\b${thing}`,
  `\\b(?:check(?:ing)?|follow(?:ing)? up|track(?:ing)?)(?: up)?(?: on| about)? (?:my|the|our) (?:\\w+ )?(?:${typedRefund}|money|return)\\b(?! (?:address|label|policy))`,
  `\\b(?:${typedRefund}|return|money)\\b${within}\\btak(?:es|ing) (?:so|too|very|this)? ?(?:long|forever|ages)\\b`,
  `\\bhow(?:s| is| are) (?:my|the) (?:${typedRefund}|return) (?:going|doing|coming|looking)\\b`,
  `^\\W*(?:(?:hi|hello|hey|so|and)\\W+)*my (?:${typedRefund}|money)(?: back)?\\W*\\?+\\W*$`,
].map((pattern) => new RegExp(pattern));
