import type { AgentTurn } from '../agent/agent-loop.ts';
import { tooManyProofs } from '../agent/tools/prove-identity.ts';
import type { Alarm } from '../returns/alarms.ts';

export type ComposedReply = {
  readonly text: string;
  readonly outcome: string;
  /** Why a person takes over; undefined when nobody does. */
  readonly handOff: string | undefined;
};

/** What the turn says, and whether it ends with a person. Colleagues are never handed to their own team. */
export function composeReply(
  answer: AgentTurn,
  { party, hasPeople }: { readonly party: 'customer' | 'staff'; readonly hasPeople: boolean },
): ComposedReply {
  const asked = answer.effects.filter((effect) => effect.kind === 'hand-off');
  const decided = asked.find(({ say }) => say !== undefined) ?? asked[0];
  const reason = decided?.reason ?? (answer.reply === undefined ? 'The agent could not answer.' : undefined);
  if (party === 'staff') {
    return { text: answer.reply ?? again, outcome: answer.outcome, handOff: undefined };
  }
  if (!reason) return { text: answer.reply ?? stuck, outcome: answer.outcome, handOff: undefined };
  if (!hasPeople) {
    const text = reason === 'harm' ? `${emergency} ${nobody}` : nobody;
    return { text, outcome: 'nobody-to-hand-to', handOff: undefined };
  }
  return { text: decided?.say ?? answer.reply ?? stuck, outcome: 'handed-off', handOff: reason };
}

/** A turn that needs no model. */
export function answerAlarm(alarm: Alarm): AgentTurn {
  const say = alarmWords[alarm];
  const effect = { kind: 'hand-off', reason: alarm, say } as const;
  return { reply: say, outcome: 'replied', model: 'rules', calls: [], effects: [effect], usage: [] };
}

const emergency =
  'I am sorry to hear this, and I take it seriously. If you or anybody else may be in danger, please call your local emergency number now.';

const alarmWords: Readonly<Record<Alarm, string>> = {
  harm: `${emergency} I have asked someone from our team to take over. They will get back to you.`,
  legal_threat:
    'I am sorry it has come to this. I have asked someone from our team to take over. They will get back to you.',
  asked_for_person: 'I have asked someone from our team to take over. They will get back to you.',
  contradicted_twice:
    'I am sorry for the misunderstanding. I have asked someone from our team to take over. They will get back to you.',
  wrong_proofs: tooManyProofs,
};

const stuck =
  'I am sorry, I could not work that out. I have asked someone from our team to take over; they will get back to you.';
const nobody =
  'I am sorry, I cannot hand this to a person from here. Please contact the store directly, or tell me in other words what you would like to return.';
const again = 'I am sorry, I could not work that out. Please ask again in other words.';
