import type { App } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { StaffMessage, StaffPerson, StaffReceipt } from '../../ports/staff-desk.ts';
import type { StaffDirectory } from '../../ports/staff-directory.ts';
import { referenceTo } from './card-reference.ts';
import type { HomeWorkspace } from './home-workspace.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { parseStaffMessage } from './parse-staff-message.ts';
import type { SlackClient } from './slack-client.ts';
import type { Whisper } from './whisper.ts';
import { createWorkingStatus } from './working-status.ts';

/** What happens to a message; throws when that cannot be said now, so that Slack sends it again. */
export type StaffTalk = {
  receive(message: StaffMessage): Promise<StaffReceipt>;
  mayTalk(person: StaffPerson): Promise<boolean>;
};

export type StaffMessagesOptions = {
  readonly client: SlackClient;
  home(): Promise<HomeWorkspace>;
  readonly directory: StaffDirectory;
  readonly talk: StaffTalk;
  readonly whisper: Whisper;
  readonly log: Log;
};

export type DirectQuestion = StaffPerson & {
  /** The same however often the question is delivered. */
  readonly key: string;
  readonly text: string;
};

export type StaffMessages = {
  /** Puts a question into the person's direct messages with the bot and answers it there. Never throws. */
  askInDirectMessage(question: DirectQuestion): Promise<'asked' | 'not-staff' | 'failed'>;
};

/** Mentions, replies in threads and direct messages, until they are committed. */
export function addStaffMessages(app: App, options: StaffMessagesOptions): StaffMessages {
  const { client, home, directory, talk, whisper, log } = options;
  const showWorking = createWorkingStatus(client, log);

  async function take(event: object, deliveredFor: string | undefined): Promise<void> {
    const { teamId, botUserId } = await home();
    const parsed = parseStaffMessage({ ...event }, { teamId: deliveredFor ?? teamId, botUserId });
    if (parsed.kind === 'ignored') return;
    const { message } = parsed;
    const receipt = await talk.receive(message);
    if (receipt.kind === 'stored') showWorking(message.thread);
    if (receipt.kind === 'not-staff') await refuse(message, teamId);
  }

  /** Best effort, and nothing to people of other companies. */
  async function refuse({ by, thread, key }: StaffMessage, homeTeamId: string): Promise<void> {
    const member = await directory.lookUp(by.userId).catch(() => undefined);
    if (member?.teamId !== homeTeamId) return;
    const isRoot = key === `${thread.channel}:${thread.ts}`;
    const words = member.isFullMember ? notListed : notStaff;
    await whisper(thread.channel, by.userId, words, isRoot ? undefined : thread.ts);
  }

  app.event('app_mention', ({ event, body }) => take(event, body.context_team_id ?? body.team_id));
  app.event('message', ({ event, body }) => take(event, body.context_team_id ?? body.team_id));

  return {
    async askInDirectMessage({ key, text, ...by }) {
      try {
        if (!(await talk.mayTalk(by))) return 'not-staff';
        const posted = await client.call('chat.postMessage', {
          channel: by.userId,
          text: `You asked: ${escapeMrkdwn(text, 3000)}`,
          unfurl_links: false,
          unfurl_media: false,
        });
        const thread = referenceTo(posted);
        const receipt = await talk.receive({ key: `question:${key}`, thread, by, text, isAddressed: true });
        if (receipt.kind === 'not-staff') return 'not-staff';
        showWorking(thread);
        return 'asked';
      } catch (error) {
        log.warn('slack question was not asked', { error });
        return 'failed';
      }
    },
  };
}

const notStaff = 'I only talk to the staff of this store.';
const notListed = `${notStaff} If that is you, ask whoever runs this app to add you to SLACK_STAFF.`;
