import { describeOrders, helpText } from './chat-words.ts';
import type { Connection } from './connect.ts';
import { decideInSandbox, type TypedDecision } from './decide-in-sandbox.ts';
import { chooseApproval, describePending, listPending } from './pending-approvals.ts';
import type { Speaker } from './speaker.ts';

export type CommandResult =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'fresh-conversation' }
  | { readonly kind: 'quit' };

export function isCommand(line: string): boolean {
  return line.startsWith('/');
}

/** A line that begins with `/`. */
export async function runCommand(
  connection: Connection,
  speaker: Speaker,
  line: string,
): Promise<CommandResult> {
  const [name = '', ...words] = line.split(' ');
  const rest = words.join(' ');
  switch (name.toLowerCase()) {
    case '/help':
      return say(helpText);
    case '/quit':
      return { kind: 'quit' };
    case '/new':
      return { kind: 'fresh-conversation' };
    case '/orders':
      return say(describeOrders(speaker, connection.stories));
    case '/approvals':
      return say(await describeApprovals(connection));
    case '/approve':
      return say(await decide(connection, rest, () => ({ kind: 'approve' })));
    case '/deny':
      return say(await decide(connection, rest, (reason) => ({ kind: 'deny', reason })));
    case '/lower':
      return say(await decide(connection, rest, (amount) => ({ kind: 'lower', amount })));
    default:
      return say(`${name} is not a command; /help lists them.`);
  }
}

async function describeApprovals({ context }: Connection): Promise<string> {
  const pending = await listPending(context);
  if (pending.length === 0) return 'No refund waits for approval.';
  return (await Promise.all(pending.map((one) => describePending(context, one)))).join('\n');
}

async function decide(
  connection: Connection,
  words: string,
  decisionOf: (rest: string) => TypedDecision,
): Promise<string> {
  if (!connection.stories) return 'Approvals are decided in Slack.';
  const chosen = chooseApproval(await listPending(connection.context), words);
  if (chosen.kind === 'unclear') return chosen.sentence;
  return decideInSandbox(connection, chosen.pending, decisionOf(chosen.rest));
}

function say(text: string): CommandResult {
  return { kind: 'say', text };
}
