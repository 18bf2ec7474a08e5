import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { HandBackAnswer } from '../../ports/support-desk.ts';
import type { ConversationId } from '../../returns/ids.ts';
import { type Clicker, toClicker } from './clicker.ts';
import { inTime } from './in-time.ts';
import { handBackActionId } from './support-thread.ts';
import { asUuid } from './uuid.ts';
import type { Whisper } from './whisper.ts';

export type HandBack = (conversationId: ConversationId, by: Clicker) => Promise<HandBackAnswer>;

type HandBackButtonOptions = {
  readonly channel: string;
  readonly handBack: HandBack;
  readonly whisper: Whisper;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

export function addHandBackButton(
  app: App,
  { channel, handBack, whisper, log, answerWithinMs }: HandBackButtonOptions,
): void {
  app.action<BlockAction<ButtonAction>>(handBackActionId, async ({ body, action, ack }) => {
    const answering = answer(body, action.value);
    await inTime(answering, answerWithinMs);
    await ack();
    await whisper(body.channel?.id, body.user.id, await answering);
  });

  async function answer(body: BlockAction, value: string | undefined): Promise<string> {
    const conversationId = asUuid<ConversationId>(value);
    if (conversationId === undefined || body.channel?.id !== channel) return words['not-found'];
    try {
      return words[(await handBack(conversationId, toClicker(body.user, body.team))).kind];
    } catch (error) {
      log.error('slack hand-back failed', { conversationId, error });
      return 'That did not work. Please click again.';
    }
  }
}

const words: Readonly<Record<HandBackAnswer['kind'], string>> = {
  'handed-back': 'Done: the bot answers this customer again.',
  'not-handed-off': 'The bot answers this customer already.',
  'not-allowed': 'Only staff can hand a conversation back. Nothing was changed.',
  'not-found': 'This belongs to no conversation here. Nothing was changed.',
};
