import type { Alternative } from '../../returns/policy-rule.ts';
import type { ReturnReason, ReturnWish } from '../../returns/return-request.ts';

/** What a message is about, besides the return it may ask for. */
export type Topic =
  | 'person'
  | 'legal'
  | 'upset'
  | 'refund-status'
  | 'order-status'
  | 'duration'
  | 'amount'
  | 'hesitation'
  | 'policy'
  | 'help'
  | 'thanks'
  | 'greeting';

/** How customers say things in one language. Patterns see folded lower-case text without apostrophes. */
export type Vocabulary = {
  /** The first that fits wins. */
  readonly topics: readonly (readonly [Topic, RegExp])[];
  readonly wantsReturn: RegExp;
  /** A return asked for outright, whatever else the text asks. */
  readonly asksReturn: RegExp;
  /** Begins with what is to be done, so that a question behind it is about what comes then. */
  readonly beginsReturn: RegExp;
  /** Captures the word after "return the". */
  readonly returnedThing: RegExp;
  readonly reasons: readonly (readonly [ReturnReason, RegExp])[];
  readonly wishes: readonly (readonly [ReturnWish, RegExp])[];
  /** What these match names no item: reasons, the size an exchange is for, wishes not taken. */
  readonly notItems: readonly RegExp[];
  readonly itemSeparator: RegExp;
  /** What follows is kept, up to `exceptEnd`. */
  readonly except: RegExp;
  readonly exceptEnd: RegExp;
  readonly all: RegExp;
  readonly both: RegExp;
  readonly adds: RegExp;
  /** "one" counts here; in "the blue one" it does not. */
  readonly countOne: RegExp;
  readonly numbers: Readonly<Record<string, number>>;
  /** 1-based; -1 is the last. */
  readonly ordinals: Readonly<Record<string, number>>;
  readonly synonyms: Readonly<Record<string, string>>;
  readonly stopWords: ReadonlySet<string>;
  /** How things get back to the store; a policy seldom says. */
  readonly sendingBack: RegExp;
  /** Who praises a thing is not returning it. */
  readonly praise: RegExp;
  readonly asksForTime: RegExp;
  readonly asksHowPaid: RegExp;
  readonly question: RegExp;
  /** Stems that tell no policy sentence from another. */
  readonly commonPolicyWords: ReadonlySet<string>;
  readonly postalCodeLabel: RegExp;
  /** Asks for a code that proves an order. */
  readonly codeWish: RegExp;
  /** Other things that are called codes. */
  readonly otherCodes: RegExp;
  readonly newestFirst: RegExp;
  /** What an exchange is for. Also in `notItems`. */
  readonly exchangeTargets: readonly RegExp[];
  readonly sizes: {
    readonly spellings: readonly (readonly [RegExp, string])[];
    readonly complaint: RegExp;
    readonly order: readonly string[];
    readonly biggerSize: RegExp;
    readonly smallerSize: RegExp;
  };
  /** In answer to an offer one word is enough. */
  readonly offered: readonly (readonly [Alternative, RegExp])[];
  readonly returnLife: ReturnLifeWords;
};

export type ReturnLifeWords = {
  readonly howToSend: readonly RegExp[];
  readonly sent: readonly RegExp[];
  /** Was sent, but is no parcel. */
  readonly notAMessage: RegExp;
  readonly namesReturn: RegExp;
  /** What remains without them may still ask for a return. */
  readonly cancels: readonly RegExp[];
};
