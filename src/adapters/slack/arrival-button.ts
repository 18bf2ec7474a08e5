import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { ReturnReference, StaffPerson, TakeInAnswer, TakenIn } from '../../ports/staff-desk.ts';
import type { ReturnId } from '../../returns/ids.ts';
import type { GoodsIn, ShowHome } from './app-home.ts';
import {
  type ArrivalTarget,
  arrivalCallbackId,
  buildArrivalNotice,
  buildArrivalView,
  readArrivalTarget,
  readPieces,
} from './arrival-view.ts';
import { arrivalWords, notFoundWords, takeInSentence } from './arrival-words.ts';
import { toClicker } from './clicker.ts';
import { inTime } from './in-time.ts';
import { plainLine } from './mrkdwn.ts';
import { arrivedActionId } from './open-return-block.ts';
import type { SlackClient } from './slack-client.ts';
import { asUuid } from './uuid.ts';
import type { Whisper } from './whisper.ts';

/** Opens the window for a return; what it answers, if anything, says why it did not. Never throws. */
export type OpenArrival = (wish: {
  readonly by: StaffPerson;
  readonly reference: ReturnReference;
  readonly triggerId: string;
  readonly from: ArrivalTarget['from'];
}) => Promise<string | undefined>;

type ArrivalOptions = {
  readonly client: SlackClient;
  readonly goodsIn: GoodsIn;
  readonly whisper: Whisper;
  readonly showHome: ShowHome;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

/** "Item arrived" in Home and in lists, and the window both it and `/returns arrived` open. */
export function addArrivalButton(app: App, options: ArrivalOptions): { readonly openArrival: OpenArrival } {
  const { client, goodsIn, whisper, showHome, log, answerWithinMs } = options;

  const openArrival: OpenArrival = async ({ by, reference, triggerId, from }) => {
    try {
      const found = await goodsIn.findReturn(by, reference);
      if (found.kind !== 'found') return notFoundWords(found);
      const view = buildArrivalView(found.openReturn, from);
      await client.call('views.open', { trigger_id: triggerId, view });
      return undefined;
    } catch (error) {
      log.warn('slack modal did not open', { error });
      return arrivalWords.noModal;
    }
  };

  app.action<BlockAction<ButtonAction>>(arrivedActionId, async ({ body, action, ack }) => {
    await ack();
    const by = toClicker(body.user, body.team);
    const isHome = body.channel === undefined;
    const returnId = asUuid<ReturnId>(action.value);
    const problem =
      returnId === undefined
        ? notFoundWords({ kind: 'not-found' })
        : await openArrival({
            by,
            reference: { returnId },
            triggerId: body.trigger_id,
            from: isHome ? 'home' : 'window',
          });
    if (problem === undefined) return;
    if (isHome) await showHome(by.userId, problem);
    else await explain(body, problem);
  });

  app.view<ViewSubmitAction>(arrivalCallbackId, async ({ body, view, ack }) => {
    const target = readArrivalTarget(view.private_metadata);
    const pieces = readPieces(view.state.values);
    if (pieces.kind === 'wrong')
      return await ack({ response_action: 'errors', errors: { ...pieces.errors } });
    const field = Object.keys(view.state.values)[0];
    if (target === undefined || field === undefined) return await ack();
    const { from, ...what } = target;
    const taking = takeIn({ ...what, lines: pieces.lines, by: toClicker(body.user, body.team) });
    const taken = await inTime(taking, answerWithinMs);
    const keepOpen = taken === undefined ? arrivalWords.slow : typeAgain(taken.value);
    const words = taken && takeInSentence(taken.value);
    if (keepOpen !== undefined) await ack({ response_action: 'errors', errors: { [field]: keepOpen } });
    else if (from === 'home' || words === undefined) await ack();
    else await ack({ response_action: 'update', view: buildArrivalNotice(words) });
    if (from === 'home' && (keepOpen === undefined || taken === undefined)) {
      await showHome(body.user.id, takeInSentence(await taking));
    }
  });

  /** A list of `/returns` may stand in a channel without the bot, where it can say nothing. */
  async function explain(body: BlockAction, words: string): Promise<void> {
    try {
      await client.call('views.open', { trigger_id: body.trigger_id, view: buildArrivalNotice(words) });
    } catch {
      await whisper(body.channel?.id, body.user.id, words);
    }
  }

  async function takeIn(taken: TakenIn): Promise<TakeInAnswer | undefined> {
    try {
      return await goodsIn.takeIn(taken);
    } catch (error) {
      log.error('slack arrival was not recorded', { refundId: taken.refundId, error });
      return undefined;
    }
  }

  return { openArrival };
}

/** What the window says under its first field; undefined when sending it again cannot help. */
function typeAgain(answer: TakeInAnswer | undefined): string | undefined {
  if (answer === undefined) return arrivalWords.unsure;
  return answer.kind === 'bad-lines' ? plainLine(answer.say, 300) : undefined;
}
