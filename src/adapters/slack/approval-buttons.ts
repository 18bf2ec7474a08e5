import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { ApprovalClick, DecisionAnswer } from '../../ports/approval-desk.ts';
import type { ApprovalId } from '../../returns/ids.ts';
import { approveActionId, denyActionId } from './approval-card.ts';
import { toClicker } from './clicker.ts';
import { answerWords, sentence } from './decision-words.ts';
import { buildDenyReasonView, denyReasonCallbackId, readDenyTarget } from './deny-reason-view.ts';
import type { SlackClient } from './slack-client.ts';
import { asUuid } from './uuid.ts';
import type { Whisper } from './whisper.ts';

export type DecideClick = (click: ApprovalClick) => Promise<DecisionAnswer>;

type ApprovalButtonsOptions = {
  readonly client: SlackClient;
  readonly channel: string;
  readonly decide: DecideClick;
  readonly whisper: Whisper;
  readonly log: Log;
};

type ButtonClick = BlockAction<ButtonAction>;

/** Approve, Deny and the modal that asks why. What a click means is for `decide` alone. */
export function addApprovalButtons(app: App, options: ApprovalButtonsOptions): void {
  const { client, channel, decide, whisper, log } = options;

  async function decideOrFail(click: ApprovalClick): Promise<DecisionAnswer | undefined> {
    try {
      return await decide(click);
    } catch (error) {
      log.error('slack click was not decided', { approvalId: click.approvalId, error });
      return undefined;
    }
  }

  /** A button value is only a reference, and counts only where the cards are posted. */
  function targetOf(body: ButtonClick, value: string | undefined): ApprovalId | undefined {
    return body.channel?.id === channel ? asUuid(value) : undefined;
  }

  app.action<ButtonClick>(approveActionId, async ({ body, action, ack }) => {
    const approvalId = targetOf(body, action.value);
    if (approvalId === undefined) {
      await ack();
      return await whisper(body.channel?.id, body.user.id, answerWords.notACard);
    }
    const answer = await decideOrFail({
      approvalId,
      decision: 'approve',
      by: toClicker(body.user, body.team),
    });
    await ack();
    const words = answer === undefined ? answerWords.unsure : sentence(answer);
    if (words !== undefined) await whisper(channel, body.user.id, words);
  });

  app.action<ButtonClick>(denyActionId, async ({ body, action, ack }) => {
    await ack();
    const approvalId = targetOf(body, action.value);
    if (approvalId === undefined) return await whisper(body.channel?.id, body.user.id, answerWords.notACard);
    try {
      await client.call('views.open', {
        trigger_id: body.trigger_id,
        view: buildDenyReasonView({ approvalId, channel }),
      });
    } catch (error) {
      log.warn('slack modal did not open', { approvalId, error });
      await whisper(channel, body.user.id, answerWords.noModal);
    }
  });

  app.view<ViewSubmitAction>(denyReasonCallbackId, async ({ body, view, ack }) => {
    const target = readDenyTarget(view.private_metadata);
    if (target?.channel !== channel) {
      await ack();
      return await whisper(channel, body.user.id, answerWords.notACard);
    }
    const reason = view.state.values.reason?.reason?.value?.trim();
    const answer = await decideOrFail({
      approvalId: target.approvalId,
      decision: 'deny',
      ...(reason === undefined || reason === '' ? {} : { reason }),
      by: toClicker(body.user, body.team),
    });
    if (answer === undefined || answer.kind === 'try-later') {
      // The modal stays open, so that the reason need not be typed again.
      const words = answer === undefined ? answerWords.unsure : sentence(answer);
      return await ack({ response_action: 'errors', errors: { reason: words ?? answerWords.unsure } });
    }
    await ack();
    const words = sentence(answer);
    if (words !== undefined) await whisper(channel, body.user.id, words);
  });
}
