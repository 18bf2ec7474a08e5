import {
  biggerSize,
  exchangeTargets,
  exchangeWishes,
  sizeComplaint,
  sizeOrder,
  sizeSpellings,
  smallerSize,
} from './exchange-words-en.ts';
import { itemSynonyms, stopWords } from './item-words-en.ts';
import { returnLifeEnglish } from './return-life-words-en.ts';
import { refundStatusWords } from './status-words-en.ts';
import type { Vocabulary } from './vocabulary.ts';

const damage =
  'broken?|broke|damaged?|defective|faulty|cracked|torn|ripped|shattered|stained|chipped|scratched|leak(?:s|ing|ed)?|smashed|dented|hole in (?:it|them)';
const people =
  'humans?|agents?|persons?|people|representatives?|reps?|operators?|managers?|supervisors?|somebody|someone|staff|customer (?:service|support|care)|support team|live chat';

export const english: Vocabulary = {
  topics: [
    [
      'legal',
      /\b(?:lawyers?|attorneys?|solicitors?|sue|suing|lawsuit|legal action|small claims|take you to court|chargeback|trading standards|better business bureau|police|consumer protection)\b/,
    ],
    [
      'person',
      new RegExp(
        `\\b(?:speak|talk|chat|connect|transfer|switch|put|pass|hand|escalate|call|contact)\\b[^.!?]{0,25}\\b(?:${people})\\b`,
      ),
    ],
    [
      'person',
      new RegExp(
        `\\b(?:want|need|prefer|get|give|is there|have)(?: me| us)? (?:an? |the |your |another |real |actual |live |human )*(?:${people})\\b(?! (?:gave|bought|ordered|else))`,
      ),
    ],
    [
      'person',
      new RegExp(`^\\W*(?:an? |real |actual |live )*(?:${people}|real human)(?: please| now| asap)*\\W*$`),
    ],
    [
      'person',
      /\b(?:real (?:person|human)|human being|not a (?:bot|robot|machine)|(?:are you|is this) an? (?:\w+ )?(?:bot|robot|machine|human)|call me|phone me)\b/,
    ],
    [
      'upset',
      /\b(?:scam(?:mers?)?|fraud|rip ?off|thieves|thief|stealing|furious|unacceptable|disgusting|disgrace(?:ful)?|outrageous|fed up|sick of (?:this|you)|worst (?:store|shop|company|service)|useless bot|stupid bot|wtf|fuck\w*|bullshit|idiots?|complaint|complain)\b/,
    ],
    ...refundStatusWords.map((pattern) => ['refund-status', pattern] as const),
    [
      'order-status',
      /\b(?:wheres|where is|where are|status of|track(?:ing)?|has|have (?:you|they|my|the)|when (?:will|was|is|does)|did)\b[^.!?]{0,25}\b(?:order|package|parcel|delivery|shipment|tracking)\b(?! (?:number|and) )|\border status\b|\b(?:never|hasnt|havent|didnt|not|wasnt) (?:yet )?(?:received?|arrived?|come|came|got(?:ten)?|get|delivered) (?:yet|my (?:order|package|parcel))|\b(?:package|parcel|order) (?:is |has )?(?:never|hasnt|didnt|not) (?:yet )?(?:arrived?|come|came|delivered)\b|\bwhen was (?:it|my order|this) (?:delivered|placed|ordered)\b/,
    ],
    [
      'amount',
      /\bhow much\b[^.!?]{0,30}\b(?:get|back|refund(?:ed)?|receive|worth)\b|\bwhat (?:do|will|would) i get back\b/,
    ],
    [
      'duration',
      /\bhow (?:long|fast|soon|quick(?:ly)?|many days)\b[^.!?]{0,30}\b(?:take|takes|refund|refunded|money|it be|process|wait|until|till|before)\b|\bwhen (?:will|would|do|does|can)\b[^.!?]{0,25}\b(?:money|refund|refunded|paid back|back on|card)\b/,
    ],
    [
      'policy',
      /\b(?:policy|policies|rules|terms|return window|restocking|how long do i have|how many days|deadline|do you (?:charge|take back|accept|allow|offer|do)|is there (?:a|any) (?:fee|charge|cost)|any fees?|return fee|who pays|free returns?|return shipping|return label|shipping label|final sale|gift cards? (?:be )?return|how (?:do|does|can) (?:the )?returns? work|how do (?:i|you) (?:do )?(?:a )?returns?\W*$|what can (?:i|be) return(?:ed)?|can (?:i|you|we) return (?:an? |any )?(?:gift cards?|sale|final|clearance|discounted|worn|used|opened|unwanted)\b|where (?:do|should) i send|original payment|how (?:will|do|would) (?:i|you) (?:be |get )?(?:my |the )?(?:refund(?:ed)?|money|pa(?:y|id)(?: me)? back)|(?:do|will|must|should) i (?:have to |need to )?pay (?:for )?(?:the )?(?:return|shipping|postage)|can (?:i|we) (?:get|have) (?:an? )?(?:store credit|exchange|replacement)|can i (?:still )?return (?:something|things|stuff|items?|an item) (?:after|without|if))\b/,
    ],
    [
      'hesitation',
      /\b(?:maybe|perhaps|not (?:so |really |quite )?sure|(?:think|sleep) (?:about|on|over) it|let me (?:think|check|ask|see)|ill (?:think|check|ask|see|let you know)|dunno|i dont know|(?:some|more) time|get back to you|one moment|undecided)\b/,
    ],
    [
      'help',
      /^\W*(?:(?:hi|hello|hey)\W+)?(?:help|help me|what can you do|what do you do|who (?:are you|is this)|what is this|how does this work|menu|options)\b[^a-z]*$|\bwho (?:are you|is this)\b/,
    ],
    [
      'thanks',
      /\b(?:thanks|thank you|thx|ty|cheers|appreciate it|youre the best|bye|goodbye|have a (?:nice|good|great) (?:day|one|evening))\b/,
    ],
    [
      'greeting',
      /^\W*(?:hi|hello|hey|hiya|yo|howdy|good (?:morning|afternoon|evening|day)|hi there|hello there|greetings|are you there|anyone there|is anyone there)\b/,
    ],
  ],
  wantsReturn:
    /\b(?:ret[ur]{0,3}n(?:ing|s|ed)?|reutrn|sen[dt](?:ing)? (?:it|them|this|that|something|back|bak|the|my|an?|one|two|both|all|everything)|go back to you|give (?:it|them)? ?back|bring (?:it|them)? ?back|take (?:it|them)? ?back|refund(?:ed|s)?|money back|exchange|swap|replace(?:ment)?|store credit|dont want (?:it|them|the|my)|get rid of)\b/,
  asksReturn:
    /(?<!\bdo )\b(?:i|we) (?:want|would like|need|have|wish) to (?:return|send|exchange|swap)\b|\bid like to (?:return|send|exchange|swap)\b/,
  beginsReturn:
    /^(?:\W|(?:please|pls|plz|hi|hello|hey|can|could|you|u|i|we|would)\b)*(?:return|retrun|refund|send back|exchange|swap) (?:the|my|both|all|one|two|everything|an?|this|these|those|it|them)\b(?! (?:status|update|money))/,
  returnedThing:
    /\b(?:return|returning|send back|sending back|exchange|swap|refund)\s+(?:(?:the|my|an?|this|that|these|those|some|of|one|two|both|all)\s+)*([a-z]+)/,
  reasons: [
    [
      'wrong_item',
      /\b(?:(?:sent|got|received|shipped|delivered|gave)(?: me)?(?: an?| the)? (?:wrong|different|incorrect)|wrong (?:item|product|thing|one|colou?r|order)|not what i ordered|didnt order (?:this|that|it)|instead of what i ordered|mix ?up)\b/,
    ],
    [
      'not_as_described',
      /\b(?:not (?:as|like) (?:described|advertised|shown|pictured|expected|in the (?:picture|photo)s?)|isnt (?:as|like) (?:described|advertised|pictured|in the picture)|looks? (?:different|nothing like)|not what i expected|(?:bad|poor|cheap|terrible) quality|misleading|colou?r is (?:off|different))\b/,
    ],
    [
      'too_small',
      /\b(?:too|so|bit|little|very|runs?|is|are|way) (?:small|tight|short|narrow|snug)\b|\b(?:bigger|larger|next) (?:size|one)|\bsize up\b/,
    ],
    [
      'too_large',
      /\b(?:too|so|bit|little|very|runs?|is|are|way) (?:big|large|loose|long|wide|baggy)\b|\bsmaller (?:size|one)\b|\bsize down\b/,
    ],
    [
      'damaged',
      new RegExp(
        `(?<!not |isnt |wasnt |arent |never |un)\\b(?:${damage})\\b|\\b(?:doesnt|does not|dont|not|stopped|isnt|wont|never) (?:work(?:ing|s|ed)?|turn on)\\b|\\bfell apart\\b`,
      ),
    ],
    [
      'arrived_late',
      /\b(?:arrived|came|delivered|got here|was|is|were|showed up) (?:much |way |far )?(?:too )?late\b|\blate delivery\b|\btook (?:too|so) long\b|\btoo late\b/,
    ],
    [
      'unwanted',
      /\b(?:chang(?:ed|ing) (?:my|our|her|his) minds?|(?:dont|do not|didnt|no longer|doesnt) (?:want|like|need|suit|love)\b|bought (?:it |them )?by (?:mistake|accident)|ordered (?:it |them )?by (?:mistake|accident)|ordered too many|bought too many|unwanted|not for me|found (?:it )?cheaper|dont want)/,
    ],
    ['other', /\b(?:doesnt|does not|dont|didnt|do not) fit\b|\bwrong size\b/],
  ],
  wishes: [
    [
      'store_credit',
      /\b(?:exchang\w*|swap|trade|return)\b[^.!?]{0,40}\bfor (?:an? |some )?(?:(?:store |shop )?credit(?! card)|gift ?card|voucher)\b/,
    ],
    [
      'exchange',
      /\b(?:exchang(?:e|ing)|swap(?:ping)?|replace(?:ment|d)?|(?:different|another|other|larger|bigger|smaller|next|right) (?:size|colou?r)|size (?:up|down))\b/,
    ],
    ...exchangeWishes.map((pattern) => ['exchange', pattern] as const),
    [
      'store_credit',
      /\b(?:store|shop|account) credit\b|\bcredit (?:instead|please|pls|plz|note|is (?:fine|ok|okay|good)|works|would be|then|on (?:my|the) account)\b|\bas (?:a )?(?:credit|gift ?card)\b|\bvoucher\b|\bgift ?card (?:instead|please|pls|is (?:fine|ok|okay|good)|would be|works)\b|\b(?:take|prefer|rather have|give me|for|get) (?:the |a |some )?(?:credit(?! card)|gift ?card instead)\b/,
    ],
    ['refund', /\brefund(?:ed)?\b|\bmoney back\b|\bback (?:to|on|onto) my card\b/],
  ],
  notItems: [
    /\b(?:last|first|this|next) (?:week|weekend|month|night|year|time|christmas|summer|winter|spring|fall|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\bat (?:first|last)\b/g,
    /\b(?:instead of|not|no|rather than) (?:an? )?(?:exchange|swap|replacement|store credit|credit|refund|voucher)\b/g,
    /\b(?:get|have|prefer|need|want|take|send me) (?:an? |the )?(?:small|medium|large|x+l|x+s|[sml])\b(?= (?:one )?(?:instead|please))/g,
    /\bfor (?:an? |the )?(?:bigger|larger|smaller|different|another|other|new|right|correct|next|size|small|medium|large|x+l|x+s|[sml])\b[^,.;\n]*/g,
    /\b(?:bigger|larger|smaller|different|another|other|next|wrong|right) (?:size|colou?r)(?: up| down)?\b/g,
    sizeComplaint,
    ...exchangeTargets,
    /\b(?:changed my mind|poor quality|bad quality|not as described|arrived (?:too )?late|store credit|money back|by mistake|by accident)\b/g,
  ],
  itemSeparator:
    /\s*(?:,(?!\d)|&|\+|\/|\band also\b|\band\b|\bplus\b|\bas well as\b|\btogether with\b|\balong with\b)\s*/,
  except:
    /\b(?:except(?: for)?|apart from|other than|all but|everything but|but not|without|excluding|not the|minus|keep(?:ing)?|dont return|not return(?:ing)?)\b/,
  exceptEnd: /,|\b(?:return|send|refund|swap|exchange)\b/,
  all: /\b(?:all|everything|(?:the |my )?(?:whole|entire|complete|full) (?:order|lot|thing|purchase)|every(?: single)? (?:item|one|thing|piece)|each of)\b/,
  both: /\bboth\b/,
  adds: /\b(?:too|also|as well|in addition|additionally)\b(?! (?:small|big|large|tight|long|short|late|loose|wide|many|much))|^\W*(?:yes\W+)?(?:and|plus|add)\b|\badd\b/,
  countOne:
    /(?:^|\b(?:only|just|return|returning|refund|send|keep|back|want|add|for|with|but)\s+)(?:one|a|an|1)(?:\s+of\b|\s+pair\b)|\b(?:only|just) (?:the )?one\b(?! (?:in|from|with))|^(?:one|1)$|\b(?:one|1) of (?:them|these|those|the|my|it)\b|(?:^|\b(?:only|just|return|returning|refund|back|send)\s+)one\s+(?=[a-z])/,
  numbers: {
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    couple: 2,
    dozen: 12,
  },
  ordinals: {
    first: 1,
    '1st': 1,
    second: 2,
    '2nd': 2,
    third: 3,
    '3rd': 3,
    fourth: 4,
    '4th': 4,
    fifth: 5,
    '5th': 5,
    sixth: 6,
    '6th': 6,
    last: -1,
  },
  synonyms: itemSynonyms,
  stopWords,
  sendingBack: /\b(?:ship|shipping|send|sending|mail|post|postage|labels?|pays?|drop off)\b/,
  praise: /\b(?:love|loves|great|nice|happy with|beautiful|perfect|fits well)\b/,
  asksHowPaid: /\bhow (?:will|do|would|can)\b.*\b(?:money|refund(?:ed)?|paid|pay)\b/,
  asksForTime: /\b(?:how long|how many days|deadline|window|(?:days|weeks?|months?)|still|after)\b/,
  question:
    /\?|^\W*(?:how|what|whats|when|where|wheres|why|who|which|can|could|do|does|is|are|will|would|should)\b/,
  commonPolicyWords: new Set(
    'return item can the is a to you policy refund of do what are be your or and for there it i my how'.split(
      ' ',
    ),
  ),
  codeWish:
    /^\W*(?:(?:a|the|my|yes|ok|please|pls) )*code\b|\b(?:text|send|sms|use|want|need|get|got|receive|received|try|resend|another|new|no)\b[^.!?]{0,40}\bcode\b/,
  otherCodes:
    /\b(?:post|postal|zip|promo|promotion|discount|coupon|voucher|gift|return|tracking|qr|bar|order|area|country)[ -]?codes?\b/g,
  postalCodeLabel:
    /\b(?:zip(?: ?code)?|post ?code|postal(?: ?code)?|plz)\b(?:\s*(?:is|was|are|=|:|-|number|of|the|my|for|it|should be|shipped to)\b|\s*[:=-])*\s*/,
  newestFirst:
    /\b(?:latest|newest|most recent|last|recent) (?:one|order|purchase)\b|^\W*(?:the )?(?:latest|newest|most recent|last)\W*$/,
  exchangeTargets,
  sizes: { spellings: sizeSpellings, complaint: sizeComplaint, order: sizeOrder, biggerSize, smallerSize },
  offered: [
    ['store_credit', /\b(?:credits?(?! card)|gift ?cards?|vouchers?)\b/],
    ['exchange', /\b(?:exchang\w*|swap\w*|another (?:one|size)|replace\w*)\b/],
    ['person', /\b(?:persons?|human|people|someone|somebody|look at it)\b/],
  ],
  returnLife: returnLifeEnglish,
};
