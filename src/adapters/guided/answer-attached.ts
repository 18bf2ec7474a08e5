import { repeatQuote } from './answer-quote.ts';
import { attachmentPhrases as phrases } from './attachment-phrases-en.ts';
import { chooseStep } from './choose-step.ts';
import type { Situation } from './read-situation.ts';
import type { Turn } from './read-turn.ts';
import { ask, type Step, say } from './step.ts';

/** The step for the customer's words, and a word about what came with them. It is said to be there, never judged. */
export function answerAttached(turn: Turn, situation: Situation): Step {
  const { attached, spoken, calls } = turn;
  const isFirst = calls.length === 0;
  if (isFirst && spoken && situation.consent === 'yes' && situation.quote) {
    return say(`${phrases.writtenYes} ${repeatQuote(situation.quote)}`);
  }
  if (isFirst && turn.messages.every((text) => /^\(sent a (?:location|contact)\)$/.test(text))) {
    const { quote } = situation;
    if (quote?.shown) return say(`${phrases.cannotUse} ${repeatQuote(quote)}`);
    return ask(situation, `${phrases.cannotUse} ${phrases.tellMe}`, phrases.cannotUse);
  }
  if (attached.length === 0) return chooseStep(situation);
  const isWordless = situation.text.trim() === '';
  if (!isWordless) return withReceipt(attached, chooseStep(situation));
  if (!attached.includes('picture')) {
    return attached.includes('unheard-voice')
      ? ask(situation, phrases.cannotListen)
      : ask(situation, phrases.cannotOpen);
  }
  return withReceipt(attached, isFirst ? answerPicture(situation) : chooseStep(situation));
}

/** A picture and no word: it belongs to what is being talked about, if there is such a thing. */
function answerPicture(situation: Situation): Step {
  const { quote, request, facts } = situation;
  if (request.wantsReturn && !quote?.shown) return chooseStep(situation);
  if (facts.refunds.some(({ state }) => state === 'awaiting-approval')) return say(phrases.added);
  if (quote?.shown) return say(repeatQuote(quote));
  return ask(situation, phrases.aboutPicture);
}

function withReceipt(attached: Turn['attached'], step: Step): Step {
  if (step.kind !== 'say') return step;
  const receipt = [
    ...(attached.includes('picture') ? [phrases.gotPicture] : []),
    ...(attached.includes('unreadable') ? [phrases.someUnopened] : []),
    ...(attached.includes('unheard-voice') ? [phrases.cannotListen] : []),
  ].join(' ');
  return say(`${receipt} ${step.text}`);
}
