import type { Connection } from './connect.ts';
import { type DemoStories, type Speaker, storiesOf } from './speaker.ts';
import type { Sent } from './talk.ts';

export const helpText = `What you type is sent as a message. Lines that begin with / are for this terminal:
  /orders              what there is to try
  /approvals           refunds that wait for a manager
  /approve [ID]        approve one, as a manager would in Slack
  /deny [ID] [reason]  deny one
  /lower [ID] AMOUNT   approve less; the customer is asked
  /new                 start a fresh conversation
  /help                this list
  /quit                leave`;

export function startText({ context, stories, joined, url }: Connection, speaker: Speaker): string {
  const place = joined ? `, served by ${url}` : '';
  const who = speaker.party === 'staff' ? 'a colleague on the staff' : whoIs(speaker, stories);
  if (!stories) {
    return `This is ${context.storeName}, the real store${place}. You are ${who}.
Approvals are decided in Slack. /help lists the commands.`;
  }
  const tries = [...storiesOf(speaker, stories), ...stories].slice(0, 2);
  return `This is ${context.storeName}, a demo store${place}. You are ${who}. Two things to try:
${tries.map(({ orderName, summary }) => `  I want to return order ${orderName.slice(1)}    (${summary})`).join('\n')}
/orders lists more, /help the commands.`;
}

function whoIs({ address, phone }: Speaker, stories: DemoStories = []): string {
  const name = stories.find((story) => story.phone === phone)?.customer;
  return name ? `${name}, texting from ${phone}` : `a customer, texting from ${phone ?? address}`;
}

export function describeOrders(speaker: Speaker, stories: DemoStories | undefined): string {
  if (!stories) return 'Orders are listed in the sandbox only; here, ask about an order by its number.';
  const own = new Set(storiesOf(speaker, stories));
  const lines = stories.map(
    (story) =>
      `${own.has(story) ? '*' : ' '} ${story.orderName.padEnd(7)}${story.customer.padEnd(12)} ${story.summary}\n${' '.repeat(22)}-> ${story.expect}`,
  );
  const legend =
    speaker.party === 'staff'
      ? 'Staff may see every order.'
      : `* yours, as ${speaker.phone}. Others ask for the e-mail and postal code of the order, or talk as them with --as.`;
  return `${lines.join('\n')}\n${legend}`;
}

export function aboutSilence(sent: Sent): string | undefined {
  switch (sent) {
    case 'answered':
      return undefined;
    case 'late':
      return 'No answer within 30 seconds; it appears here when it comes.';
    case 'with-a-person':
      return 'A person has this conversation now and the agent stays silent; /new starts a fresh one.';
    case 'opted-out':
      return 'This number gets no more messages. Write START to change that.';
  }
}
