import type { SectionBlock } from '@slack/web-api';
import type { OrderView } from '../../ports/tools.ts';
import type { SlackMessage } from './approval-card.ts';
import { escapeMrkdwn, escapeMrkdwnInParts } from './mrkdwn.ts';
import { buildOrderCard } from './order-card.ts';

/** An answer in its own words, and below it the order it is about. Nothing in the words is markup. */
export function buildAnswer(body: string, card: OrderView | undefined): SlackMessage {
  const sections = pack(body.split('\n').flatMap(writeLine));
  const text = sections.join('\n');
  return {
    // Beside blocks it is read in notifications only.
    text: text.length <= textLength ? text : escapeMrkdwn(body, textLength),
    blocks: [...sections.map(section), ...(card === undefined ? [] : buildOrderCard(card))],
  };
}

/** What Slack recommends for `text`, and below its 3,000 characters a section. */
const textLength = 4000;
const sectionLength = 2900;
const maxParts = 4;

function writeLine(line: string): string[] {
  const item = /^\s*[-*•]\s+(?=\S)/.exec(line)?.[0] ?? '';
  // Room for the asterisks of bold figures.
  const [first = '', ...more] = escapeMrkdwnInParts(line.slice(item.length), sectionLength - 500, maxParts);
  return [`${item === '' ? '' : '• '}${first}`, ...more].map(boldFigures);
}

/** Numbers of orders and returns, and amounts: what a colleague looks for first. */
function boldFigures(line: string): string {
  return line.replace(/(?<![^\s(])(#\d+(?:-R\d+)?|[$€£¥]\d[\d,]*(?:\.\d+)?)(?![\w.]*\w)/g, '*$1*');
}

function pack(lines: readonly string[]): string[] {
  const groups: string[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + line.length < sectionLength)
      groups[groups.length - 1] = `${last}\n${line}`;
    else groups.push(line);
  }
  const written = groups.map((group) => group.trim()).filter((group) => group !== '');
  return written.length === 0 ? ['…'] : written;
}

/** `verbatim` keeps Slack from turning addresses and names in the text into links. */
function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}
