const refunds = 'refund(?:s|ed|ing)?|pa(?:y|id) back|payouts?|money back';

/** How colleagues ask. Patterns see folded lower-case text without apostrophes, politeness cut off. */
export type StaffVocabulary = {
  readonly politeness: RegExp;
  readonly help: RegExp;
  /** Begins a question about what is there; whoever asks so starts nothing. */
  readonly looks: RegExp;
  /** Asks for a return after all, however the text begins. */
  readonly requests: RegExp;
  readonly refunds: RegExp;
  /** Nothing but the word, however it is asked. */
  readonly onlyRefunds: RegExp;
  readonly today: RegExp;
  readonly otherDay: RegExp;
  /** One refund that somebody should make. */
  readonly refundThing: RegExp;
  /** A customer nobody gave an address of. */
  readonly customer: RegExp;
};

export const staffEnglish: StaffVocabulary = {
  politeness:
    /^(?:\W|(?:hi|hello|hey|there|bot|team|please|pls|plz|can|could|would|will|you|u|we|i|id|like|to|want|need|let|me|us|quickly|just|ok|okay|so|and|now|also|thanks|morning|good)\b)+/,
  help: /^(?:help|empty message|what can you do|what do you do|what (?:else )?(?:can|do) (?:i|you)|how (?:do|does|can) (?:i|this|it|you) (?:use|work)|commands?|usage|menu|options|instructions)\b|\bwhat can (?:you|i) (?:do|ask)\b/,
  looks:
    /^(?:what|whats|which|was|were|has|have|had|did|does|is|are|when|whens|where|wheres|who|whos|whose|how|hows|why|show|list|display|pull|bring up|look|lookup|find|search|open|see|view|status|state|details?|info(?:rmation)?|summary|tell|(?:give|get)(?: me| us)?(?: the)? (?:orders?|details?|info|status|summary)|check(?: on)?(?: the)? (?:orders?\W*[#\d]|status|#|\d)|any (?:news|update|order))\b/,
  requests:
    /\b(?:wants?|needs?|would like|wish(?:es)?|ask(?:s|ed|ing)?|request(?:s|ed|ing)?)(?: us)? (?:to (?:return|send|exchange|swap|refund|give)|(?:for )?(?:an? |the |his |her |their )?(?:return|refund|exchange|money))\b|\b(?:start|open|make|create|process|issue|file|begin|initiate|set up)(?:ing)? (?:an? |the |his |her |their )?(?:new )?(?:return|refund)\b/,
  refunds: new RegExp(`\\b(?:${refunds})\\b`),
  onlyRefunds: new RegExp(
    `^(?:(?:show|list|see|view|all|any|the|our|recent|latest|todays|how many|how much|what|which|did|have|has|been|was|were|we|are|is|there|do|so far|overview|of|report|figures|total|give|made|done|went|out|got|get|it|by|bot)\\W*)*(?:${refunds})\\W*(?:(?:today|so far|made|done|report|figures|total|list|overview|are|were|there|did|we|make|it|was|much|please)\\W*)*$`,
  ),
  today:
    /\b(?:todays?|tonight|since midnight|this (?:morning|afternoon|evening)|past few hours|last hours?)\b/,
  otherDay:
    /\b(?:yesterdays?|last (?:week|month|year|night|\w+day)|(?:this|past|previous) (?:week|month|year|quarter)|(?:week|month)ly|days ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/,
  refundThing: /\brefund(?:ing)? (?:the|an?|his|her|their|my|this|that|it|them|one|both|all of|everything)\b/,
  customer:
    /^(?:(?:find|look ?up|search(?: for)?|show|list|who is|whos|which|pull up)\W+(?:\w+\W+){0,2}customers?\b|(?:(?:find|look ?up|search(?: for)?|show|list|whats|what|get|pull up|all|any|the|me|are)\W+)*(?:(?:orders?|purchases|history) (?:of|from|by|for)\b|(?!todays)(?:\w+ )?\w+s orders\b))/,
};
