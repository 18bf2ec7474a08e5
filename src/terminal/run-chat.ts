import type { Config } from '../config.ts';
import { aboutSilence } from './chat-words.ts';
import { type Connection, connect } from './connect.ts';
import { holdConversation } from './hold-conversation.ts';
import { leaveOnSignal } from './leave-on-signal.ts';
import type { ChatOptions } from './read-chat-options.ts';
import { openScreen, type Terminal } from './screen.ts';
import { chooseSpeaker, type Speaker } from './speaker.ts';
import { openTalk } from './talk.ts';

/** Resolves with the exit code, after everything that was started is stopped. */
export async function runChat(config: Config, options: ChatOptions, terminal: Terminal): Promise<number> {
  if (config.mode === 'live' && !options.as && !options.staff) {
    return complain(terminal, 'The store is live, so say who you are: --as +15551230001 or --staff.');
  }
  const leaving = leaveOnSignal(terminal.output);
  let connection: Connection;
  try {
    connection = await connect(config);
  } catch (error) {
    return complain(terminal, `The chat cannot start. ${error instanceof Error ? error.message : ''}`.trim());
  }
  try {
    const speaker = chooseSpeaker(options, connection.stories);
    if (!speaker) return complain(terminal, 'The demo store has no customers; name one with --as.');
    if (options.once !== undefined) return await sayOnce(connection, speaker, options.once, terminal);
    await converse(connection, speaker, terminal, leaving);
    return 0;
  } finally {
    await connection.stop();
  }
}

async function converse(
  connection: Connection,
  speaker: Speaker,
  terminal: Terminal,
  leaving: AbortController,
): Promise<void> {
  const screen = openScreen(terminal, connection.context.storeName, () => leaving.abort());
  try {
    await holdConversation(connection, speaker, screen, leaving.signal);
  } finally {
    screen.close();
  }
}

/** A refund that the message sets off is still made before the program that was started for it stops. */
async function sayOnce(
  { context, joined }: Connection,
  speaker: Speaker,
  text: string,
  terminal: Terminal,
): Promise<number> {
  const talk = await openTalk(context, speaker);
  const { sent, seq } = await talk.send(text);
  const reply = await talk.firstAfter(seq);
  const answer = reply ?? aboutSilence(sent) ?? '';
  if (sent === 'late') return complain(terminal, answer);
  terminal.output.write(`${answer}\n`);
  if (!joined) await talk.settle(10_000);
  return 0;
}

function complain({ errors }: Terminal, sentence: string): number {
  errors.write(`${sentence}\n`);
  return 1;
}
