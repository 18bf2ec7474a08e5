import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildReminder } from '../../../src/adapters/slack/approval-reminder.ts';
import { sentence, typeAgain } from '../../../src/adapters/slack/decision-words.ts';
import { brokenLimits, texts } from './block-limits.ts';
import { approvalId } from './sample-card.ts';

const unit = fc.constantFrom('&', '<!here>', '*', '_', '\n', 'x', '\u202e', '|', '<@U1>', '://', '@');
const text = fc.string({ unit, maxLength: 1000, size: 'max' });

test('an answer names a person without calling anybody, whatever the name', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('approved', 'denied', 'lowered'), (by, state) => {
      const words = sentence({ kind: 'already-decided', state, by }) ?? '';
      expect(words.length).toBeLessThan(300);
      expect(words).not.toMatch(/[<>*_@|\n\u202e]|:\/\//);
    }),
  );
});

test('a wrong amount is explained on one short line, as it is in a window', () => {
  fc.assert(
    fc.property(text, (say) => {
      const words = typeAgain({ kind: 'bad-amount', say });
      expect(words?.length).toBeLessThanOrEqual(300);
      expect(words).not.toMatch(/[\n\u202e]/);
      expect(sentence({ kind: 'bad-amount', say })).not.toMatch(/[<>*_@|\n\u202e]|:\/\//);
    }),
  );
});

test('a reminder calls nobody and fits, whatever the order is named', () => {
  fc.assert(
    fc.property(text, (orderName) => {
      const expiresAt = new Date('2026-11-23T10:00:00Z');
      const message = buildReminder({ approvalId, orderName, amount: '$240.00', expiresAt });
      expect(brokenLimits(message)).toEqual([]);
      const said = texts(message.blocks)
        .join('')
        .replace(/<!date\^[^<>]*>/, '');
      expect(said).not.toMatch(/[<>*_@|]|:\/\//);
    }),
  );
});
