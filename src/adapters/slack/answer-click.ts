import type { Log } from '../../log.ts';
import type { DecisionAnswer } from '../../ports/approval-desk.ts';
import type { ShowHome } from './app-home.ts';
import type { DecisionTarget } from './decision-target.ts';
import { acceptedWords, answerWords, sentence } from './decision-words.ts';
import type { Whisper } from './whisper.ts';

/** Tells the one who clicked, and nobody else, where they clicked. */
export type ClickAnswers = {
  say(from: DecisionTarget['from'], userId: string, words: string): Promise<void>;
  /** `undefined` is a decision that failed. */
  tell(target: DecisionTarget, userId: string, answer: DecisionAnswer | undefined): Promise<void>;
};

export type ClickAnswersOptions = {
  readonly channel: string;
  readonly whisper: Whisper;
  readonly showHome: ShowHome;
  readonly log: Log;
};

export function createClickAnswers({ channel, whisper, showHome, log }: ClickAnswersOptions): ClickAnswers {
  async function say(from: DecisionTarget['from'], userId: string, words: string): Promise<void> {
    if (from === 'channel') return await whisper(channel, userId, words);
    try {
      await showHome(userId, words);
    } catch (error) {
      log.warn('slack home was not shown', { error });
    }
  }

  return {
    say,
    async tell({ from }, userId, answer) {
      const words = answer === undefined ? answerWords.unsure : sentence(answer);
      if (words !== undefined) await say(from, userId, words);
      // In the channel the card itself says it, in a moment.
      else if (answer?.kind === 'accepted' && from === 'home') {
        await say(from, userId, acceptedWords[answer.state]);
      }
    },
  };
}
