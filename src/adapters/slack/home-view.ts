import type {
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  HomeView as PublishedView,
  SectionBlock,
} from '@slack/web-api';
import type { HomeView, OpenHandOff, WaitingApproval } from '../../ports/staff-desk.ts';
import { approvalButtons } from './approval-card.ts';
import { messageLink } from './message-link.ts';
import { escapeMrkdwn, mrkdwnDate, mrkdwnLink } from './mrkdwn.ts';
import { openReturnBlock } from './open-return-block.ts';
import { pauseButton, resumeButton } from './pause-view.ts';
import { pauseText } from './pause-words.ts';

/** Slack takes 100 blocks a view; these need at most 85. */
const maxApprovals = 20;
const maxReturns = 10;
const maxHandOffs = 20;

export type HomeExtras = {
  /** Where links to messages begin; undefined leaves them out. */
  readonly workspaceUrl: string | undefined;
  /** mrkdwn about what the person just did. */
  readonly notice?: string | undefined;
};

export function buildHomeView(view: HomeView, { workspaceUrl, notice }: HomeExtras): PublishedView {
  const noticed = notice === undefined ? [] : [context(notice)];
  if (view.person === 'nobody') {
    return home([...noticed, section('I show the returns of this store to its staff only.')]);
  }
  const isApprover = view.person === 'approver';
  return home([
    ...noticed,
    ...pauseBlocks(view, isApprover),
    header('Waiting for approval'),
    ...some(view.approvals, maxApprovals, 'Nothing waits.', (approval) => [
      section(approvalText(approval, workspaceUrl)),
      ...(isApprover && approval.mayDecide ? [approvalButtons(approval)] : []),
      ...(isApprover && !approval.mayDecide ? [context(approversText(approval))] : []),
    ]),
    header('On the way back'),
    ...some(
      view.returns.newest,
      maxReturns,
      'No return is on its way.',
      (open) => [openReturnBlock(open)],
      view.returns.count,
    ),
    header('With your team'),
    ...some(view.handOffs, maxHandOffs, 'No customer waits for a person.', (handOff) => [
      section(handOffText(handOff, workspaceUrl)),
    ]),
    header('Today'),
    todayFigures(view),
    context('Since midnight UTC'),
  ]);
}

function pauseBlocks({ pause }: HomeView, isApprover: boolean): KnownBlock[] {
  if (pause === undefined) return isApprover ? [pauseButton()] : [];
  return [
    section(`*Refunds are paused*\n${pauseText(pause)}`),
    ...(isApprover ? [resumeButton(pause.held)] : []),
  ];
}

/** The first ones; the rest is counted, never silently left out. */
function some<Item>(
  items: readonly Item[],
  max: number,
  none: string,
  show: (item: Item) => KnownBlock[],
  count = items.length,
): KnownBlock[] {
  if (items.length === 0) return [section(none)];
  const rest = count - Math.min(max, items.length);
  return [...items.slice(0, max).flatMap(show), ...(rest > 0 ? [context(`and ${rest} more`)] : [])];
}

export function approvalText(approval: WaitingApproval, workspaceUrl: string | undefined): string {
  const { orderName, amount, settlement, votes, expiresAt, card } = approval;
  const what = mrkdwnLink(messageLink(workspaceUrl, card), `Order ${escapeMrkdwn(orderName, 60)}`);
  const counted = votes.need > 1 ? ` · ${votes.have} of ${votes.need} approvals` : '';
  const how = escapeMrkdwn(settlement.join(', '), 400);
  return `*${what}* · ${escapeMrkdwn(amount, 40)} · ${how}${counted}\nExpires ${mrkdwnDate(expiresAt)}`;
}

/** Only for those who may decide about others: why there is no button here. */
function approversText({ approvers }: WaitingApproval): string {
  const ids = approvers.filter((id) => /^[UWS][A-Z0-9]{1,30}$/.test(id)).slice(0, 10);
  if (ids.length === 0) return 'Nobody may decide about this one.';
  const names = ids.map((id) => (id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`));
  return `You may not decide about this one: ${names.join(', ')} may, unless they asked for it.`;
}

function handOffText(handOff: OpenHandOff, workspaceUrl: string | undefined): string {
  const { reason, since, takenBy, thread } = handOff;
  const link = messageLink(workspaceUrl, thread);
  const place = link === undefined ? '' : ` · ${mrkdwnLink(link, 'Open the thread')}`;
  const who = takenBy === undefined ? '*Nobody yet*' : `With ${personText(takenBy)}`;
  return `${escapeMrkdwn(reason, 200)}\n${who}, since ${mrkdwnDate(since)}${place}`;
}

/** Mentions only what has the form of a person's id: anything else could call a whole channel. */
function personText(person: string): string {
  return /^[UW][A-Z0-9]{1,30}$/.test(person) ? `<@${person}>` : escapeMrkdwn(person, 80);
}

function todayFigures({ today }: HomeView): SectionBlock {
  const refunded = today.refunded.slice(0, 10).map((amount) => escapeMrkdwn(amount, 40));
  return {
    type: 'section',
    fields: [
      `*Conversations*\n${today.conversations}`,
      `*Handed to your team*\n${today.handOffs}`,
      `*Refunds made*\n${today.refunds}`,
      `*Refunded*\n${refunded.length === 0 ? 'Nothing' : refunded.join('\n')}`,
    ].map(mrkdwn),
  };
}

function home(blocks: KnownBlock[]): PublishedView {
  return { type: 'home', blocks };
}

function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** `verbatim` keeps Slack from turning addresses and names in the text into links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true } as const;
}
