import type { NotFound, Unavailable } from '../ports/tools.ts';

/** The same words for an unknown order, somebody else's and one not yet proven. */
export const notFound: NotFound = {
  status: 'not_found',
  say: "I couldn't find that order for you. To look it up, please send me its number, the e-mail address on it and the postal code it was shipped to.",
};

export const unavailable: Unavailable = {
  status: 'unavailable',
  say: "I can't reach the shop's order system right now. Please try again in a few minutes, or ask for a person.",
};
