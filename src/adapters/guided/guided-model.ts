import type { Model, ModelItem, ModelRequest } from '../../ports/model.ts';
import { answerAttached } from './answer-attached.ts';
import { phrases } from './phrases-en.ts';
import { readColleague } from './read-colleague.ts';
import { readSituation } from './read-situation.ts';
import { readTurn } from './read-turn.ts';
import { staffPhrases } from './staff-phrases-en.ts';
import { chooseStaffStep } from './staff-step.ts';
import { staffEnglish } from './staff-words-en.ts';
import { english } from './words-en.ts';

/**
 * A model made of rules: the same texts and results always get the same answer, without a key or a
 * network. It remembers nothing; what it knows it reads from the request each time.
 */
export function createGuidedModel(): Model {
  return {
    name: 'guided',
    async respond(request) {
      return {
        items: [answerTo(request)],
        usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
      };
    },
  };
}

const forColleagues = { vocabulary: english, staff: staffEnglish, phrases: staffPhrases };

function answerTo({ facts, items }: ModelRequest): ModelItem {
  const turn = readTurn(items);
  const step =
    facts.party === 'staff'
      ? chooseStaffStep(readColleague(facts, turn, forColleagues))
      : answerAttached(turn, readSituation(facts, turn, english, phrases));
  if (step.kind === 'say') return { kind: 'agent-text', text: step.text };
  return {
    kind: 'tool-call',
    callId: `guided-${items.length}`,
    name: step.name,
    argumentsJson: JSON.stringify(step.arguments),
  };
}
