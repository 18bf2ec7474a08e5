import type { ModalView } from '@slack/web-api';
import type { ReplyTarget } from '../../ports/support-desk.ts';
import type { ConversationId } from '../../returns/ids.ts';
import { asUuid } from './uuid.ts';

export const replyCallbackId = 'reply_to_customer_text';
export const replyBlockId = 'reply';
const maxLength = 1500;

/** Asks for the words and says where they go: they leave the company. */
export function buildReplyView(target: ReplyTarget, text = ''): ModalView {
  const characters = [...text];
  const fitting = withinLength(characters);
  const shortened = fitting.length < characters.length ? ` The message was longer than ${maxLength}.` : '';
  return {
    type: 'modal',
    callback_id: replyCallbackId,
    private_metadata: JSON.stringify({ conversationId: target.conversationId }),
    title: { type: 'plain_text', text: 'Reply to customer' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      {
        type: 'input',
        block_id: replyBlockId,
        label: { type: 'plain_text', text: 'Text' },
        hint: { type: 'plain_text', text: `The customer gets this ${ways[target.channel]}.${shortened}` },
        element: {
          type: 'plain_text_input',
          action_id: replyBlockId,
          multiline: true,
          max_length: maxLength,
          ...(text === '' ? {} : { initial_value: fitting.join('') }),
        },
      },
    ],
  };
}

/** What the modal was opened for; undefined when it is not something `buildReplyView` wrote. */
export function readReplyTarget(privateMetadata: string): ConversationId | undefined {
  try {
    const { conversationId } = JSON.parse(privateMetadata) as Partial<Record<string, unknown>>;
    return asUuid<ConversationId>(conversationId);
  } catch {
    return undefined;
  }
}

/** For what cannot be said in the channel: the app may not be a member of it. */
export function buildNoticeView(text: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Send to customer' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
  };
}

/** A message as its author saw it: Slack stores links, people and `&<>` in a notation of its own. */
export function readableText(mrkdwn: string): string {
  return mrkdwn
    .replace(/<[@#!][^>|]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^>]*>/g, '')
    .replace(/<(?:mailto:|tel:)[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<([^>|]*)\|([^>]*)>/g, (_link, url: string, label: string) =>
      url.includes(label) ? url : `${label} (${url})`,
    )
    .replace(/<([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

const ways: Readonly<Record<ReplyTarget['channel'], string>> = {
  sms: 'as a text message',
  whatsapp: 'on WhatsApp',
  chat: 'in the web chat',
  terminal: 'in the terminal chat',
  slack: 'in Slack',
};

/** Slack counts UTF-16 units; a character outside the first plane must not be cut in two. */
function withinLength(characters: readonly string[]): readonly string[] {
  let length = 0;
  const end = characters.findIndex((character) => {
    length += character.length;
    return length > maxLength;
  });
  return end === -1 ? characters : characters.slice(0, end);
}
