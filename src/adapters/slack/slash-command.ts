import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { HomeView, StaffPerson } from '../../ports/staff-desk.ts';
import type { StaffRoom } from './app-home.ts';
import type { OpenArrival } from './arrival-button.ts';
import { arrivalWords } from './arrival-words.ts';
import { toClicker } from './clicker.ts';
import { commandHelp, openReturnsList, pendingText } from './command-words.ts';
import type { HomeWorkspace } from './home-workspace.ts';
import { inTime } from './in-time.ts';
import { pauseFailed, pauseSentence } from './pause-words.ts';
import { readMrkdwn } from './read-mrkdwn.ts';
import { returnsCommand } from './slack-events.ts';

type SlashCommandOptions = {
  readonly room: StaffRoom;
  /** Answers with why the window did not open. */
  readonly openArrival: OpenArrival;
  /** Puts a question into the direct messages with this person and answers it there. */
  ask(
    question: StaffPerson & { readonly text: string; readonly key: string },
  ): Promise<'asked' | 'not-staff' | 'failed'>;
  home(): Promise<HomeWorkspace>;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

type Order = {
  readonly by: StaffPerson;
  readonly word: string;
  readonly reason: string;
  readonly key: string;
};
type Answer = {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly text: string;
  readonly blocks?: KnownBlock[];
};

/** `/returns`: what waits, what is on its way, the kill switch, and questions. */
export function addSlashCommand(app: App, options: SlashCommandOptions): void {
  const { room, log } = options;

  app.command(returnsCommand, async ({ command, ack, respond }) => {
    const user = { id: command.user_id, username: command.user_name };
    const by = toClicker(user, { id: command.team_id });
    const answering = answer(by, readMrkdwn(command.text ?? ''), command.trigger_id).catch(
      (error: unknown) => {
        log.error('slack command failed', { error });
        return onlyYou(pauseFailed);
      },
    );
    const answered = await inTime(answering, options.answerWithinMs);
    // Without a text Slack shows nothing: a window that opened is the answer.
    await ack(answered === undefined ? onlyYou('One moment…') : answered.value);
    if (answered !== undefined) return;
    try {
      const late = await answering;
      if (late !== undefined) await respond(late);
    } catch (error) {
      log.warn('slack answer was not shown', { error });
    }
  });

  async function answer(by: StaffPerson, text: string, key: string): Promise<Answer | undefined> {
    const [, verb = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
    const word = verb.toLowerCase();
    // "pending refunds of Jane" is a question; every word behind "pause" is the reason.
    const isAlone = rest === '';
    const isOneWord = rest !== '' && /^\S+$/.test(rest);
    if (word === 'arrived' && (isAlone || isOneWord)) return await takeIn(by, rest, key);
    if (word === 'pause' || (isAlone && ['', 'help', 'pending', 'open', 'resume'].includes(word))) {
      const view = await room.describeHome(by.userId);
      return view.person === 'nobody' ? refusal : await obey({ by, word, reason: rest, key }, view);
    }
    const asked = await options.ask({ ...by, text, key: `command:${key}` });
    if (asked === 'not-staff') return refusal;
    return onlyYou(asked === 'asked' ? 'I answer you in our direct messages.' : pauseFailed);
  }

  async function takeIn(by: StaffPerson, name: string, triggerId: string): Promise<Answer | undefined> {
    if (name === '') return onlyYou(arrivalWords.nameIt);
    const problem = await options.openArrival({ by, reference: { name }, triggerId, from: 'window' });
    return problem === undefined ? undefined : onlyYou(problem);
  }

  async function obey({ by, word, reason, key }: Order, view: HomeView): Promise<Answer> {
    if (word === 'pending') return onlyYou(pendingText(view, (await options.home()).url));
    if (word === 'open') return { response_type: 'ephemeral', ...openReturnsList(view) };
    if (word !== 'pause' && word !== 'resume') return onlyYou(commandHelp);
    if (view.person !== 'approver') return onlyYou(pauseSentence({ kind: 'not-allowed' }));
    if (word === 'pause' && reason === '') return onlyYou(askReason);
    const changed = word === 'pause' ? await room.pause(by, reason) : await room.resume(by, key);
    const say = changed.kind === 'paused' || changed.kind === 'resumed' ? everybody : onlyYou;
    return say(pauseSentence(changed));
  }
}

const askReason = `Please say why, so that your colleagues know: \`${returnsCommand} pause\` and the reason. Nothing was changed.`;

function onlyYou(text: string): Answer {
  return { response_type: 'ephemeral', text };
}

function everybody(text: string): Answer {
  return { response_type: 'in_channel', text };
}

const refusal = onlyYou('I only talk to the staff of this store.');
