import type { Button } from '../../ports/channel.ts';

export type ButtonsContent = {
  /** By which it is found again in the account. */
  readonly name: string;
  readonly types: object;
  /** What stands for the buttons, beside 1, the text, and 2, our id of it. */
  readonly variables: Readonly<Record<string, string>>;
};

const [mostReplies, replyLength] = [3, 20];
const [mostRows, rowLength, detailLength] = [10, 24, 72];

/**
 * Answers as WhatsApp shows them without having approved them: a few fixed ones as buttons, choices as a list.
 * Undefined where they are too many or too long. A content is the same for all texts: it names nobody's orders.
 * https://www.twilio.com/docs/content/twilio-quick-reply https://www.twilio.com/docs/content/twilio-list-picker
 */
export function describeButtons(buttons: readonly Button[]): ButtonsContent | undefined {
  const longest = Math.max(...buttons.map(({ title }) => title.length));
  const isList = buttons.some(({ detail }) => detail !== undefined);
  if (buttons.length > (isList ? mostRows : mostReplies) || longest > (isList ? rowLength : replyLength))
    return undefined;
  return isList ? describeList(buttons) : describeReplies(buttons);
}

function describeReplies(buttons: readonly Button[]): ButtonsContent {
  const words = buttons.map(({ title }) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'));
  const actions = buttons.map(({ title }, index) => ({
    type: 'QUICK_REPLY',
    title,
    id: `${index + 1}.{{2}}`,
  }));
  return {
    name: ['returns_agent', ...words].join('_'),
    types: { 'twilio/quick-reply': { body: '{{1}}', actions } },
    variables: {},
  };
}

function describeList(rows: readonly Button[]): ButtonsContent {
  const items = rows.map((_, index) => ({
    id: `${index + 1}.{{2}}`,
    item: `{{${2 * index + 3}}}`,
    description: `{{${2 * index + 4}}}`,
  }));
  const filled = rows.flatMap(({ title, detail = '-' }, index) => [
    [2 * index + 3, title],
    [2 * index + 4, shorten(detail)],
  ]);
  return {
    name: `returns_agent_list_${rows.length}`,
    types: { 'twilio/list-picker': { body: '{{1}}', button: 'Choose', items } },
    variables: Object.fromEntries(filled) as Readonly<Record<string, string>>,
  };
}

function shorten(text: string): string {
  return text.length <= detailLength ? text : `${text.slice(0, detailLength - 3)}...`;
}
