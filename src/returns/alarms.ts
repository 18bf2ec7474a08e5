import { foldText } from './fold-text.ts';

/** Why a conversation goes to a person whatever the model thinks. */
export type Alarm = 'harm' | 'legal_threat' | 'asked_for_person' | 'contradicted_twice' | 'wrong_proofs';

export type AlarmMessage = { readonly author: 'customer' | 'agent' | 'staff'; readonly text: string };

/** What one message raises by itself; the gravest first. */
export function readAlarm(text: string): Exclude<Alarm, 'contradicted_twice' | 'wrong_proofs'> | undefined {
  const said = plain(text);
  if (harm.some((pattern) => pattern.test(said))) return 'harm';
  if (legal.some((pattern) => pattern.test(said))) return 'legal_threat';
  if (asksForPerson(said)) return 'asked_for_person';
  return undefined;
}

/** Whether the customer tells the bot that it got something wrong. What is wrong with an item is not that. */
export function contradicts(text: string): boolean {
  const said = plain(text);
  return contradictions.some((pattern) => pattern.test(said));
}

/** Twice: after two different answers. What is sent in several messages before the next answer counts once. */
export function contradictsTwice(messages: readonly AlarmMessage[]): boolean {
  let times = 0;
  let answered = false;
  for (const { author, text } of messages) {
    if (author !== 'customer') answered = true;
    else if (answered && contradicts(text)) {
      times += 1;
      answered = false;
    }
  }
  return times >= 2;
}

function plain(text: string): string {
  return foldText(text)
    .toLowerCase()
    .replace(/['’‘`´]/g, '')
    .replace(/[*_~"“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function asksForPerson(said: string): boolean {
  return person.some((pattern) =>
    [...said.matchAll(pattern)].some(({ index }) => !negation.test(said.slice(0, index))),
  );
}

/** In front of the wish, in the same clause. */
const negation =
  /\b(?:dont|do not|didnt|no need|not|without|never|instead of|rather than|before i)\b[^.,!?;]{0,30}$/;

const workers =
  '(?:humans?|agents?|representatives?|reps?|operators?|managers?|supervisors?|person|employee|advis[oe]r|specialist|(?:team|staff) member|customer (?:service|support|care)(?: (?:agent|rep|representative|team|person))?|support (?:agent|team|person|rep)|live (?:chat|support)|human being)';
const which = '(?:(?:an?|the|your|another|some|any|one of your|real|actual|live|human|proper|store|shop) )*';
/** A thing that is named after people goes on with another noun: "the manager chair". */
const endsThere =
  '(?=$|[^a-z0-9 ]| (?:please|pls|plz|now|asap|right|not|to|who|that|about|on|in|here|for|from|and|or|because|instead|today|i|if|so|at|this|regarding|thanks|thank|immediately|available|there|with|look|help)\\b)';

const person = [
  new RegExp(
    `\\b(?:speak|talk|chat|connect me|connect|transfer me|transfer|put me(?: through)?|pass me(?: on)?|hand me(?: over)?|switch me|escalate(?: me| this| it)?|take me|forward me|get hold of|get in touch|get through|reach|contact) (?:directly )?(?:(?:to|with|over|through) )*${which}(?:${workers}${endsThere}|(?:someone|somebody)\\b(?! (?:at (?:the|my)|in my|from (?:the|my)|i know)\\b))`,
    'g',
  ),
  new RegExp(
    `\\b(?:want|need|prefer|would like|id like|get me|give me|send me|find me|is there|are there|can i (?:get|have|please have)|could i (?:get|have)|may i have|let me have) ${which}${workers}${endsThere}`,
    'g',
  ),
  new RegExp(
    `^\\W*(?:(?:hi|hello|hey|ok|okay|please|pls|just|no|can i have|i said)\\W+)*${which}(?:${workers}|someone real)(?:\\W+(?:please|pls|plz|now|asap|thanks|thank you|right now|immediately))*\\W*$`,
    'g',
  ),
  new RegExp(
    `\\b(?:can|could|will|would|have|let|make) ${which}${workers} (?:please )?(?:help|call|phone|contact|text|look|check|reply|respond|answer|handle|take|get back|assist|deal)\\b`,
    'g',
  ),
  /\b(?:can|could|will|would|have|let|make) (?:someone|somebody|anyone)(?: please)? (?:call|phone|contact|ring)\b/g,
  /(?<!\bto )\b(?:call|phone|ring) me\b(?= (?:back|please|now|asap|on|at|today|tomorrow|instead)\b|\W*$)/g,
  /\b(?:hate|sick of|tired of|fed up with|done with|stop) (?:talking to |chatting with |dealing with )?(?:an?|this|the|your|these)? ?(?:(?:chat|stupid|useless|dumb) ?)*(?:bots?|robots?|machines?|ai)\b/g,
  /\b(?:dont|do not|not|wont|refuse to|no longer) (?:want|wish|like)? ?(?:to )?(?:talk(?:ing)? to |chat(?:ting)? with |speak(?:ing)? (?:to|with) |deal(?:ing)? with )?(?:an?|this|the|your) (?:chat ?)?(?:bot|robot|machine)\b(?= i (?:want|need)|[^a-z0-9 ]|$| again| anymore)/g,
  /\bhablar con (?:una persona|alguien|un (?:agente|humano|representante))|\bmit (?:einem (?:menschen|mitarbeiter)|einer person|jemandem) (?:sprechen|reden)|\bparler (?:a|à|avec) (?:quelquun|une personne|un (?:humain|conseiller|agent))/g,
];

const counsel = '(?:lawyers?|attorneys?|solicitors?|legal (?:team|counsel))';
const legal = [
  new RegExp(
    `\\b(?:hear|hearing|contact\\w*|call(?:ing)?|consult\\w*|hir(?:e|ing)|get(?:ting)?|involv(?:e|ing)|bring(?:ing)?|talk(?:ing)?|spoke|speak(?:ing)?|instruct\\w*) (?:(?:from|my|our|an?|the|with|to|by|in|good) )*${counsel}\\b`,
  ),
  new RegExp(
    `\\b(?:my|our|an?) ${counsel} (?:will|is going to|shall|is about to|says?|said|advis\\w+|has|is looking|is reviewing)\\b|\\blawyer(?:ing)? up\\b|\\bsee what my ${counsel}\\b`,
  ),
  /\b(?:i|ill|we|well|im|were|i am|we are|i will|we will|gonna|going to|want to|have to|ready to|happy to) sue\b|\bsue (?:you|your|u|the (?:company|store|shop|seller)|this (?:company|store|shop)|over)\b|\bsuing\b|\bsued\b/,
  /\b(?:law ?suit|legal (?:action|proceedings|steps|claim|complaint|consequences|letter)|take legal|go(?:ing)? legal|class action|small claims|(?:see|meet) you in court|tak(?:e|ing) (?:you|this|it|my case|them|u) to (?:\w+ )?court|go(?:ing)? to court)\b/,
  /\bcharge-?backs?\b|\b(?:file|filing|do|start|request|open|initiate) an? charge back\b|\b(?:disput(?:e|ing)|revers(?:e|ing)|contest(?:ing)?) (?:the |this |that |my |these |your )*(?:charges?|payment|transaction|it)\b[^.!?]{0,12}\b(?:bank|card|paypal|credit card|amex|visa)\b|\bdisput(?:e|ing) (?:the|this|that|these|your) (?:charges?|payment|transaction)\b/,
  /\bbetter business bureau\b|\b(?:the|to|with|at|call|contact|file|filing) bbb\b|\battorney general\b|\btrading standards\b|\b(?:consumer protection|consumer affairs)\b|\bombudsman\b|\b(?:to|with) the ftc\b/,
  /\b(?:call|calling|contact(?:ing)?|go(?:ing)? to|tell(?:ing)?|report(?:ing)? (?:you|this|it|u) to|get(?:ting)?) the (?:police|cops|authorities)\b/,
];

const harm = [
  /\b(?:kill(?:ing)? (?:myself|my self)|end(?:ing)? my (?:own )?life|tak(?:e|ing) my own life|suicidal|commit(?:ting)? suicide|self[- ]harm(?:ing)?|better off dead|no reason to live|nothing to live for|(?:dont|do not) want to (?:live|be alive|go on living)|end it all)\b|\bsuicide\b(?! squad)/,
  /\b(?:want|wanna|going|gonna|ready|wish i could|rather|just) ?(?:to )?die\b(?! (?:laughing|of (?:laughter|embarrassment|shame)))/,
  /\b(?:going to|gonna|want to|wanna|ill|i will|might|about to|feel like|think(?:ing)? (?:of|about)) (?:just )?(?:hurt|harm|cut)(?:t?ing)? myself\b/,
  /\b(?:i|ill|im|id|we|well) (?:(?!dont|not|never|wouldnt|didnt|cant)\w+ ){0,4}(?:kill|murder|shoot|stab|strangle|hurt|attack|punch|beat up) (?:you|u|your \w+|someone|somebody|people|everyone|everybody|him|her|my (?:wife|husband|family|neighbou?r|boss|kids?|children))\b(?! feelings)/,
  /\b(?:bomb|blow up|burn down|shoot up|set fire to) (?:you|your|the (?:store|shop|office|building|warehouse))\b|\bi (?:have|got|will bring|am bringing) (?:a|my) (?:gun|bomb|knife) (?:and|with|to|for you)\b|\bi know where (?:you|your \w+|u) lives?\b|\b(?:come|coming) (?:over |down |there |to your \w+ )+(?:with|and) (?:a |my )?(?:gun|knife|kill|hurt)\b|\byou (?:will|deserve to|should|are going to) die\b/,
];

const contradictions = [
  /\bthat(?:s| is| was)(?: just| all| completely| totally| simply| still| also| so| plain)* (?:wrong|incorrect|false|untrue|not (?:right|correct|true|it|so))\b(?! (?:sizes?|colou?rs?|items?|products?|address|models?|shirts?|shoes?))/,
  /\bthat(?:s| is| was) (?:still )?(?:not|the wrong|a different) (?:my |the |a )?(?:order|question|answer|one|amount|price|thing|what i (?:said|asked|meant|ordered|want(?:ed)?|wrote|mean|bought|told))\b(?! that (?:came|arrived))/,
  /^\W*(?:this|it) ?(?:is|s) (?:just |completely |totally |still )*(?:wrong|incorrect|not (?:right|correct|true))\W*$/,
  /^\W*(?:no|nope|nah)\W+(?:no\W+)*(?:i (?:said|meant|mean|told|asked|wrote|already|never said|was talking|didnt (?:say|ask|mean))|its not|it isnt|not that|wrong|youre|you are|you got|you misunder\w+)\b/,
  /\bi (?:already|just|have already|clearly|literally) (?:told|said|gave|sent|answered|wrote|explained)\b|\bi (?:told|said to) you\b|\bi never (?:said|asked|wrote|told)\b|\bi (?:didnt|did not) (?:say|ask|mean|write) (?:that|this|it|for|so)\b/,
  /\b(?:youre|you are|your) (?:wrong|mistaken|not listening|not understanding|confused|incorrect)\b|\byou (?:got|have|had) (?:it|that|this|me|everything)(?: all| completely)? wrong\b|\byou(?:ve| have)? (?:misunderst\w+|misread|made a mistake)\b|\byou (?:dont|do not|didnt|did not) (?:understand|listen|read|get it)\b|\byoure not (?:listening|understanding|reading)\b/,
  /\bnot what i (?:said|asked|meant|mean|wrote|told)\b|\bwrong answer\b|\bread what i (?:wrote|said|sent)\b|\blisten to me\b/,
];
