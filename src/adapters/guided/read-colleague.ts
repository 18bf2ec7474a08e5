import type { ConversationFacts } from '../../ports/tools.ts';
import { findOrderNumbers } from '../../returns/order-number.ts';
import { plainText } from './item-words.ts';
import { type Contact, readContact } from './read-contact.ts';
import { readSituation, type Situation } from './read-situation.ts';
import type { Turn } from './read-turn.ts';
import type { StaffPhrases } from './staff-phrases-en.ts';
import type { StaffVocabulary } from './staff-words-en.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a step for a colleague is chosen from. */
export type StaffSituation = Situation & {
  readonly phrases: StaffPhrases;
  readonly contact: Contact;
  /** Named in this turn. */
  readonly orderNumbers: readonly string[];
  readonly asks: StaffQuestion | undefined;
};

/** A question that starts nothing. `customer`: one who is named but not to be found by it. */
export type StaffQuestion = 'help' | 'refunds' | 'refunds-of-another-day' | 'customer' | 'order';

export type StaffLanguage = {
  readonly vocabulary: Vocabulary;
  readonly staff: StaffVocabulary;
  readonly phrases: StaffPhrases;
};

export function readColleague(
  facts: ConversationFacts,
  turn: Turn,
  { vocabulary, staff, phrases }: StaffLanguage,
): StaffSituation {
  const readings = turn.messages.map(readContact);
  const messages = readings.map(({ rest }) => rest);
  // A question answered before asks for no return now, whatever its words were.
  const earlier = turn.earlier.filter(
    ({ who, text }) => who === 'agent' || readQuestion(readContact(text).rest, staff) === undefined,
  );
  const withoutContacts = earlier.map((said) =>
    said.who === 'agent' ? said : { ...said, text: readContact(said.text).rest },
  );
  const situation = readSituation(
    facts,
    { ...turn, earlier: withoutContacts, messages },
    vocabulary,
    phrases,
  );
  return {
    ...situation,
    phrases,
    contact: {
      phone: readings.findLast(({ phone }) => phone)?.phone,
      email: readings.findLast(({ email }) => email)?.email,
    },
    orderNumbers: findOrderNumbers(messages.join('\n')),
    asks: readQuestion(messages.join('\n'), staff),
  };
}

function readQuestion(text: string, words: StaffVocabulary): StaffQuestion | undefined {
  const plain = plainText(text).trim();
  const asked = plain.replace(words.politeness, '');
  if (words.help.test(plain) || words.help.test(asked)) return 'help';
  const namesOrder = findOrderNumbers(text).length > 0;
  if (!namesOrder && words.refunds.test(plain) && !words.refundThing.test(plain)) {
    if (words.otherDay.test(plain)) return 'refunds-of-another-day';
    if (words.today.test(plain) || words.onlyRefunds.test(asked)) return 'refunds';
  }
  if (words.requests.test(plain)) return undefined;
  if (!namesOrder && words.customer.test(asked)) return 'customer';
  return words.looks.test(asked) ? 'order' : undefined;
}
