const verb = '(?:cancel+|cancle|cansel|cancell?ing|call off)';
const thing = '(?:orders?|purchase|ordr|oder)';
const wish =
  '(?:can|could|may|would|will|please|pls|plz|want(?: you)? to|need(?: you)? to|like to|wanna|have to|possible to|how (?:do|can) (?:i|you|we)|still|let me|just)';
/** What is taken back by other words than an order. */
const others =
  '(?:return|refund|exchange|request|approval|account|subscription|membership|appointment|messages?|texts?|notifications?|newsletter|polic(?:y|ies))';

/** How customers ask that an order be cancelled. They see folded lower-case text without apostrophes. */
export const cancelWords = {
  /** It is the order that is named, by whatever comes before the verb. */
  order: new RegExp(
    `(?<!\\b(?:dont|not|never|didnt|did you|why|who|was|were) )\\b${verb}\\b(?: (?!${others}\\b)[\\w#-]+){0,4}? ${thing}\\b(?! (?:confirmation|number))` +
      `|\\b(?:want|need|get|have|like|wish)(?: to (?:have|get))? (?:it|this|that|my|the|${thing})(?: [\\w#-]+){0,3} cancell?ed\\b` +
      `|\\b(?:stop|dont|do not|hold) (?:ship|send|dispatch|mail)(?:ing|ping)? (?:my|the|this|that|it|out)\\b(?! back| in)(?:.{0,20}\\b${thing}\\b)?` +
      `|\\bstop (?:my|the|this|that) (?:${thing}|shipment|delivery)\\b|\\bcancell?ation\\b(?! polic).{0,20}\\b${thing}\\b`,
  ),
  /** Only where nothing else could be meant. */
  anything: new RegExp(
    `(?:\\b${wish}\\b(?: \\w+){0,3} |^\\W*|[.,;!] *)${verb}\\b(?! (?:the |my |this |that |a )?${others}\\b)`,
  ),
  /** Together with an order number. */
  verb: new RegExp(
    `(?<!\\b(?:dont|not|never|didnt|did you|why|who|was|were) )\\b${verb}\\b(?! (?:the |my |this |that |a )?${others}\\b)`,
  ),
  other: new RegExp(`\\b${verb} (?:the |my |this |that |a )?${others}\\b|\\bcancell?ation polic`),
  part: new RegExp(
    `\\b${verb} (?:only|just|one|part|half|some)\\b|\\b(?:only|just) (?:the|one|part)\\b|\\b(?:except|but not|but keep|rest of)\\b|\\b${verb} (?:the|my) .{0,40}\\b(?:from|in|on|of) (?:my |the )?(?:#|${thing})`,
  ),
};

export const cancelPhrases = {
  again: (amount: string, items: string, order: string) =>
    `I can cancel order ${order} (${items}), and ${amount} goes back. Reply YES to go ahead, or NO to keep the order.`,
  kept: (order: string) => `OK, order ${order} stays as it is. Nothing was cancelled.`,
};

/** A question of ours that a customer answers on the way to what they asked for. */
export const asksForOrder =
  /\b(?:order number|which order|postal code|e-mail address)\b|couldn't find that order/i;
