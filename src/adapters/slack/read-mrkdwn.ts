/** What a person typed, from the mrkdwn Slack sends: without the bot's mention, everything else readable. */
export function readMrkdwn(text: string, botUserId?: string): string {
  return text
    .replace(/[ \t]*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[ \t]*/g, (mention, userId: string) =>
      userId === botUserId ? ' ' : mention,
    )
    .replace(/<([^<>]*)>/g, (_, inside: string) => readAngled(inside))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

export function mentions(text: string, userId: string): boolean {
  return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}

/** https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages */
function readAngled(inside: string): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : inside.slice(bar + 1);
  switch (target.charAt(0)) {
    case '@':
      return `@${(label || target.slice(1)).replace(/^@/, '')}`;
    case '#':
      return `#${(label || target.slice(1)).replace(/^#/, '')}`;
    case '!':
      return target.startsWith('!date') ? label : `@${(label || target.slice(1)).replace(/^@/, '')}`;
    default:
      return label || target.replace(/^(?:mailto|tel):/, '');
  }
}
