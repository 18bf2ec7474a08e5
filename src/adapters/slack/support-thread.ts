import type { ActionsBlock, SectionBlock } from '@slack/web-api';
import type { SupportNote, SupportThread } from '../../ports/support-desk.ts';
import type { SlackMessage } from './approval-card.ts';
import { escapeMrkdwn, escapeMrkdwnInParts } from './mrkdwn.ts';

export const replyActionId = 'reply_to_customer';
export const handBackActionId = 'hand_back';

/** The message a thread hangs from: who, why, what is known, and the ways on. */
export function buildThreadRoot(thread: SupportThread): SlackMessage {
  const customer = escapeMrkdwn(thread.customer, 120);
  const reason = escapeMrkdwn(thread.reason, 1000);
  const known = thread.known
    .slice(0, maxKnown)
    .map((line) => `• ${escapeMrkdwn(line, 250)}`)
    .join('\n');
  return {
    text: `${customer} wants a person: ${reason}`,
    blocks: [
      section(`*A customer wants a person*\n${customer}`),
      section(`*Why*\n${reason}`),
      section(`*Summary*\n${escapeMrkdwn(thread.summary, 1500)}`),
      ...(known === '' ? [] : [section(`*What the bot knows*\n${known}`)]),
      section(
        'The bot is silent until you hand the customer back. What you write in this thread stays internal.',
      ),
      buttons(thread.conversationId),
    ],
  };
}

/** The transcript, oldest first, in as few messages as Slack's limits allow; always at least one. */
export function buildTranscript(thread: SupportThread): SlackMessage[] {
  const lines = thread.transcript.flatMap(({ who, text }) => {
    const [first = '', ...more] = escapeMrkdwnInParts(text, lineLength, maxParts);
    return [`*${speakers[who]}:* ${first}`, ...more];
  });
  const groups = packed(lines.length === 0 ? ['No messages so far.'] : lines, messageLength, maxBlocks);
  return groups.map((group) => ({ text: 'Transcript', blocks: group.map(section) }));
}

export function buildNote(note: SupportNote): SlackMessage {
  const parts = escapeMrkdwnInParts(note.text, lineLength, maxParts).map((part) => part || '…');
  return { text: escapeMrkdwn(note.text, 200) || '…', blocks: parts.map(section) };
}

/** Quotes and refunds are at most five each, beside one line of orders. */
const maxKnown = 11;

const speakers = { customer: 'Customer', agent: 'Bot', staff: 'Staff' } as const;

/** Below Slack's 3,000 a section, 50 blocks and about 13,200 characters a message. */
const lineLength = 2900;
const maxParts = 4;
const messageLength = 12_000;
const maxBlocks = 40;

function packed(lines: readonly string[], maxLength: number, maxLines: number): string[][] {
  const groups: string[][] = [];
  let left = 0;
  for (const line of lines) {
    const last = groups.at(-1);
    if (last === undefined || line.length > left || last.length === maxLines) {
      groups.push([line]);
      left = maxLength - line.length;
    } else {
      last.push(line);
      left -= line.length;
    }
  }
  return groups;
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function buttons(conversationId: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'support_actions',
    elements: [
      {
        type: 'button',
        action_id: replyActionId,
        style: 'primary',
        text: { type: 'plain_text', text: 'Reply to customer' },
        value: conversationId,
      },
      {
        type: 'button',
        action_id: handBackActionId,
        text: { type: 'plain_text', text: 'Hand back to the bot' },
        value: conversationId,
      },
    ],
  };
}
