import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type {
  FoundReturn,
  HomeView,
  PauseAnswer,
  ReturnReference,
  StaffPerson,
  TakeInAnswer,
  TakenIn,
} from '../../ports/staff-desk.ts';
import { toClicker } from './clicker.ts';
import { buildHomeView } from './home-view.ts';
import type { HomeWorkspace } from './home-workspace.ts';
import { inTime } from './in-time.ts';
import { buildPauseReasonView, pauseActionId, pauseReasonCallbackId, resumeActionId } from './pause-view.ts';
import { pauseFailed, pauseSentence, pauseSlow } from './pause-words.ts';
import type { SlackClient } from './slack-client.ts';

/** Shows a person their Home tab as it is now, with mrkdwn about what they just did. Never throws. */
export type ShowHome = (userId: string, notice?: string) => Promise<void>;

/** What the use cases give the places that are not a message: Home and the slash command. Each may throw. */
export type StaffRoom = GoodsIn & {
  describeHome(userId: string): Promise<HomeView>;
  pause(by: StaffPerson, reason: string): Promise<PauseAnswer>;
  /** `press` is the same however often it is delivered. */
  resume(by: StaffPerson, press: string): Promise<PauseAnswer>;
};

/** Returns that come back; who may take them in is decided behind it. */
export type GoodsIn = {
  findReturn(by: StaffPerson, reference: ReturnReference): Promise<FoundReturn>;
  takeIn(taken: TakenIn): Promise<TakeInAnswer>;
};

type ShowHomeOptions = {
  readonly client: SlackClient;
  home(): Promise<HomeWorkspace>;
  describeHome(userId: string): Promise<HomeView>;
  readonly log: Log;
};

export function createShowHome({ client, home, describeHome, log }: ShowHomeOptions): ShowHome {
  return async (userId, notice) => {
    try {
      const view = await describeHome(userId);
      const { url: workspaceUrl } = await home();
      await client.call('views.publish', {
        user_id: userId,
        view: buildHomeView(view, { workspaceUrl, notice }),
      });
    } catch (error) {
      // Opening the tab again shows it.
      log.warn('slack home was not shown', { error });
    }
  };
}

type AppHomeOptions = {
  readonly client: SlackClient;
  readonly room: StaffRoom;
  readonly showHome: ShowHome;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

type ButtonClick = BlockAction<ButtonAction>;

export function addAppHome(app: App, options: AppHomeOptions): void {
  const { client, room, showHome, log, answerWithinMs } = options;

  async function tryTo(act: () => Promise<PauseAnswer>): Promise<PauseAnswer | undefined> {
    try {
      return await act();
    } catch (error) {
      log.error('slack pause or resume failed', { error });
      return undefined;
    }
  }

  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await showHome(event.user);
  });

  app.action<ButtonClick>(pauseActionId, async ({ body, ack }) => {
    await ack();
    try {
      await client.call('views.open', { trigger_id: body.trigger_id, view: buildPauseReasonView() });
    } catch (error) {
      log.warn('slack modal did not open', { error });
      await showHome(
        body.user.id,
        'The window did not open in time. Nothing was changed; please click again.',
      );
    }
  });

  app.view<ViewSubmitAction>(pauseReasonCallbackId, async ({ body, view, ack }) => {
    const by = toClicker(body.user, body.team);
    const reason = view.state.values.reason?.reason?.value?.trim() ?? '';
    const refuse = (words: string) => ack({ response_action: 'errors', errors: { reason: words } });
    if (reason === '') return await refuse('Please say why.');
    const tried = await inTime(
      tryTo(() => room.pause(by, reason)),
      answerWithinMs,
    );
    if (tried === undefined) return await refuse(pauseSlow);
    const answer = tried.value;
    if (answer === undefined) return await refuse(pauseFailed);
    if (answer.kind === 'not-allowed') return await refuse(pauseSentence(answer));
    await ack();
    await showHome(by.userId, pauseSentence(answer));
  });

  app.action<ButtonClick>(resumeActionId, async ({ body, ack }) => {
    const by = toClicker(body.user, body.team);
    const trying = tryTo(() => room.resume(by, body.trigger_id));
    await inTime(trying, answerWithinMs);
    await ack();
    const answer = await trying;
    await showHome(by.userId, answer === undefined ? pauseFailed : pauseSentence(answer));
  });
}
