import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { ApprovalClick, DecisionAnswer } from '../../ports/approval-desk.ts';
import type { ApprovalId } from '../../returns/ids.ts';
import { createClickAnswers } from './answer-click.ts';
import type { ShowHome } from './app-home.ts';
import { approveActionId, denyActionId, lowerActionId } from './approval-card.ts';
import { toClicker } from './clicker.ts';
import { type DecisionTarget, readTarget, writeTarget } from './decision-target.ts';
import { answerWords, typeAgain } from './decision-words.ts';
import { buildDenyReasonView, denyReasonCallbackId, reasonField } from './deny-reason-view.ts';
import { inTime } from './in-time.ts';
import { amountField, buildLowerAmountView, lowerAmountCallbackId } from './lower-amount-view.ts';
import { quotedOnCard } from './quoted-on-card.ts';
import type { SlackClient } from './slack-client.ts';
import { asUuid } from './uuid.ts';
import type { Whisper } from './whisper.ts';

export type DecideClick = (click: ApprovalClick) => Promise<DecisionAnswer>;

type ApprovalButtonsOptions = {
  readonly client: SlackClient;
  readonly channel: string;
  readonly decide: DecideClick;
  readonly whisper: Whisper;
  /** Publishes a person's App Home anew, with a line that says what came of the click. */
  readonly showHome: ShowHome;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

type ButtonClick = BlockAction<ButtonAction>;

/** Approve, Approve a lower amount, Deny and their modals. What a click means is for `decide` alone. */
export function addApprovalButtons(app: App, options: ApprovalButtonsOptions): void {
  const { client, channel, decide, whisper, showHome, log, answerWithinMs } = options;
  const answers = createClickAnswers({ channel, whisper, showHome, log });

  async function decideOrFail(click: ApprovalClick): Promise<DecisionAnswer | undefined> {
    try {
      return await decide(click);
    } catch (error) {
      log.error('slack click was not decided', { approvalId: click.approvalId, error });
      return undefined;
    }
  }

  /** A button value is only a reference, and counts only where the cards are posted and in App Home. */
  function placeOf({ channel: clickedIn, view }: ButtonClick): DecisionTarget['from'] | undefined {
    if (clickedIn !== undefined) return clickedIn.id === channel ? 'channel' : undefined;
    return view?.type === 'home' ? 'home' : undefined;
  }

  function targetOf(body: ButtonClick, value: string | undefined): DecisionTarget | undefined {
    const from = placeOf(body);
    const approvalId = asUuid<ApprovalId>(value);
    return from === undefined || approvalId === undefined ? undefined : { approvalId, from };
  }

  async function refuse(body: ButtonClick): Promise<void> {
    if (placeOf(body) === 'home') await answers.say('home', body.user.id, answerWords.notACard);
    else await whisper(body.channel?.id, body.user.id, answerWords.notACard);
  }

  function addModalButton(
    actionId: string,
    build: (metadata: string, quoted: string | undefined) => ModalView,
  ): void {
    app.action<ButtonClick>(actionId, async ({ body, action, ack }) => {
      await ack();
      const target = targetOf(body, action.value);
      if (target === undefined) return await refuse(body);
      const quoted = quotedOnCard(body.message ?? body.view, target.approvalId);
      try {
        const view = build(writeTarget(target, channel), quoted);
        await client.call('views.open', { trigger_id: body.trigger_id, view });
      } catch (error) {
        log.warn('slack modal did not open', { approvalId: target.approvalId, error });
        await answers.say(target.from, body.user.id, answerWords.noModal);
      }
    });
  }

  /** `field` is the modal's one input; the modal keeps what was typed where sending it again may help. */
  function addModal(
    callbackId: string,
    field: string,
    toClick: (typed: string) => Pick<ApprovalClick, 'decision' | 'reason' | 'amount'>,
  ): void {
    app.view<ViewSubmitAction>(callbackId, async ({ body, view, ack }) => {
      const target = readTarget(view.private_metadata, channel);
      if (target === undefined) {
        await ack();
        return await whisper(channel, body.user.id, answerWords.notACard);
      }
      const typed = view.state.values[field]?.[field]?.value?.trim() ?? '';
      const by = toClicker(body.user, body.team);
      const deciding = decideOrFail({ approvalId: target.approvalId, ...toClick(typed), by });
      const decided = await inTime(deciding, answerWithinMs);
      const problem = decided === undefined ? answerWords.slow : typeAgain(decided.value);
      if (problem === undefined) await ack();
      else await ack({ response_action: 'errors', errors: { [field]: problem } });
      if (problem === undefined || decided === undefined) {
        await answers.tell(target, body.user.id, await deciding);
      }
    });
  }

  app.action<ButtonClick>(approveActionId, async ({ body, action, ack }) => {
    const target = targetOf(body, action.value);
    if (target === undefined) {
      await ack();
      return await refuse(body);
    }
    const by = toClicker(body.user, body.team);
    const deciding = decideOrFail({ approvalId: target.approvalId, decision: 'approve', by });
    const isLate = (await inTime(deciding, answerWithinMs)) === undefined;
    await ack();
    if (isLate) await answers.say(target.from, body.user.id, answerWords.slow);
    await answers.tell(target, body.user.id, await deciding);
  });
  addModalButton(lowerActionId, buildLowerAmountView);
  addModalButton(denyActionId, buildDenyReasonView);
  addModal(lowerAmountCallbackId, amountField, (amount) => ({ decision: 'lower', amount }));
  addModal(denyReasonCallbackId, reasonField, (reason) => ({
    decision: 'deny',
    ...(reason === '' ? {} : { reason }),
  }));
}
