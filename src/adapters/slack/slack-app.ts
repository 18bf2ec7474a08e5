import { App } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { ApprovalDesk } from '../../ports/approval-desk.ts';
import type { Channel } from '../../ports/channel.ts';
import type { InstallationStore } from '../../ports/installations.ts';
import type { StaffDirectory } from '../../ports/staff-directory.ts';
import type { SupportDesk } from '../../ports/support-desk.ts';
import { addAppHome, createShowHome, type StaffRoom } from './app-home.ts';
import { addApprovalButtons, type DecideClick } from './approval-buttons.ts';
import { createApprovalDesk } from './approval-desk.ts';
import { addArrivalButton } from './arrival-button.ts';
import { addHandBackButton, type HandBack } from './hand-back-button.ts';
import { createHomeWorkspace } from './home-workspace.ts';
import { createSlackReceiver, type SlackReceiverOptions, type SlackResponse } from './receiver.ts';
import { addReplyButton, type CustomerReplies } from './reply-button.ts';
import { addSendToCustomerShortcut } from './send-to-customer-shortcut.ts';
import { silentLogger } from './silent-logger.ts';
import { createSlackChannel } from './slack-channel.ts';
import { createSlackClient, type SlackCall, type SlackClientOptions } from './slack-client.ts';
import { createSlackDispatch } from './slack-dispatch.ts';
import { addSlashCommand } from './slash-command.ts';
import { createSocketMode } from './socket-mode.ts';
import { createStaffDirectory } from './staff-directory.ts';
import { addStaffMessages, type StaffMessages, type StaffTalk } from './staff-messages.ts';
import { createSupportDesk } from './support-desk.ts';
import { addUninstallEvents } from './uninstall-events.ts';
import { createUpload } from './upload-picture.ts';
import type { SlackRequest } from './verify-signature.ts';
import { createWhisper } from './whisper.ts';
import { createWorkspaceRouter } from './workspace-router.ts';

export type SlackAppOptions = {
  readonly botToken: string;
  /** Two while one replaces the other. */
  readonly signingSecrets: readonly string[];
  readonly claimRequest?: SlackReceiverOptions['claimRequest'];
  /** Set: Socket Mode instead of HTTP. */
  readonly appToken?: string | undefined;
  readonly apiUrl: string;
  /** Learned from the token when not given. */
  readonly teamId?: string | undefined;
  readonly appId?: string | undefined;
  readonly channels: { readonly approvals: string; readonly support: string };
  readonly decide: DecideClick;
  readonly handBack: HandBack;
  readonly replies: CustomerReplies;
  readonly talk: StaffTalk;
  readonly room: StaffRoom;
  /** Further workspaces that installed the app; without it there is only the token's own. */
  readonly installations?: InstallationStore | undefined;
  now(): Date;
  readonly log: Log;
  readonly onCall?: ((call: SlackCall) => void) | undefined;
  /** Of the token's own workspace; what another one refuses is its own affair. */
  readonly onCircuit?: SlackClientOptions['onCircuit'];
  readonly timeoutMs?: number | undefined;
  /** How long an acknowledgement may wait for what was pressed to be done. */
  readonly answerWithinMs?: number | undefined;
};

export type SlackApp = {
  /** Connects when it is Socket Mode; over HTTP there is nothing to start. */
  start(): void;
  readonly isSocketMode: boolean;
  /** For `POST /slack/events`. Never rejects. */
  handle(request: SlackRequest): Promise<SlackResponse>;
  /** Resolves when the work behind answers already given is done. */
  stop(): Promise<void>;
  readonly approvalDesk: ApprovalDesk;
  readonly supportDesk: SupportDesk;
  readonly staffDirectory: StaffDirectory;
  /** Answers in the threads where staff asked. */
  readonly channel: Channel;
  readonly askInDirectMessage: StaffMessages['askInDirectMessage'];
};

/** Calls nobody until it is used, so it can be made while Slack is down. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { channels, decide, handBack, now, log, answerWithinMs } = options;
  const open = (token: string, onCircuit?: SlackClientOptions['onCircuit']) =>
    createSlackClient({
      token,
      onCircuit,
      apiUrl: options.apiUrl,
      timeoutMs: options.timeoutMs,
      onCall: options.onCall,
    });
  const own = open(options.botToken, options.onCircuit);
  const { installations } = options;
  const client = installations
    ? createWorkspaceRouter({ home: own, installations, open: (token) => open(token) })
    : own;
  const home = createHomeWorkspace({ client: own, teamId: options.teamId, appId: options.appId });
  const { receiver, dispatch } = createSlackDispatch({ home, installations, log });
  const { signingSecrets, claimRequest, appToken, apiUrl } = options;
  const socket = appToken ? createSocketMode({ appToken, apiUrl, dispatch, log }) : undefined;
  const app = new App({
    receiver,
    logger: silentLogger,
    // No token: Bolt's own client retries posts. Listeners use ours.
    authorize: async () => ({}),
    clientOptions: { slackApiUrl: options.apiUrl },
    convoStore: false,
    ignoreSelf: false,
  });
  if (installations) addUninstallEvents(app, installations, log);
  const whisper = createWhisper(client, log);
  const { talk, room, replies } = options;
  const showHome = createShowHome({ client, home, describeHome: room.describeHome, log });
  addAppHome(app, { client, room, showHome, log, answerWithinMs });
  const approvals = { client, channel: channels.approvals, decide, whisper, showHome, log, answerWithinMs };
  addApprovalButtons(app, approvals);
  const directory = createStaffDirectory({ client, home, now });
  const { askInDirectMessage } = addStaffMessages(app, { client, home, directory, talk, whisper, log });
  const arrivals = { client, goodsIn: room, whisper, showHome, log, answerWithinMs };
  const { openArrival } = addArrivalButton(app, arrivals);
  addSlashCommand(app, { room, openArrival, ask: askInDirectMessage, home, log, answerWithinMs });
  addHandBackButton(app, { channel: channels.support, handBack, whisper, log, answerWithinMs });
  addReplyButton(app, { client, channel: channels.support, replies, whisper, log, answerWithinMs });
  addSendToCustomerShortcut(app, { client, replies, log });
  return {
    handle: createSlackReceiver({ signingSecrets, claimRequest, dispatch, now, log }),
    isSocketMode: socket !== undefined,
    start: () => socket?.start(),
    stop: async () => {
      await socket?.stop();
      await app.stop();
    },
    approvalDesk: createApprovalDesk({ client, channel: channels.approvals }),
    supportDesk: createSupportDesk({
      client,
      channel: channels.support,
      upload: createUpload(options),
      now,
    }),
    staffDirectory: directory,
    channel: createSlackChannel(client),
    askInDirectMessage,
  };
}
