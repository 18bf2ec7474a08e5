import { offerNames } from './phrases-en.ts';
import { readOffers } from './read-offer.ts';
import type { Situation } from './read-situation.ts';
import { startReturn } from './return-steps.ts';
import { handOff, type Step, say } from './step.ts';

/** After a denial that offered something else: it is quoted, and agreed to only with another yes. */
export function takeOffered(situation: Situation): Step | undefined {
  const { taken, earlier, phrases, vocabulary } = situation;
  switch (taken) {
    case undefined:
      return undefined;
    case 'person':
      return handOff(situation, 'asked_for_person');
    case 'which': {
      const last = earlier.findLast(({ who }) => who === 'agent')?.text ?? '';
      return say(phrases.whichOffer(readOffers(last, vocabulary).map((offer) => offerNames[offer])));
    }
    case 'store_credit':
    case 'exchange':
      return startReturn(situation);
  }
}
