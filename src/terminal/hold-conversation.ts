import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { aboutSilence, startText } from './chat-words.ts';
import type { Connection } from './connect.ts';
import { isCommand, runCommand } from './run-command.ts';
import type { Screen } from './screen.ts';
import { createNews } from './show-news.ts';
import { type Speaker, withFreshAddress } from './speaker.ts';
import { openTalk } from './talk.ts';

const watchEveryMs = 250;
const settleTimeoutMs = 20_000;

/** Line by line, each sent after the former's reply, until /quit, the end of the input, or `leaving`. */
export async function holdConversation(
  connection: Connection,
  firstSpeaker: Speaker,
  screen: Screen,
  leaving: AbortSignal,
): Promise<void> {
  const showNews = createNews(connection, screen);
  let speaker = firstSpeaker;
  let talk = await openTalk(connection.context, speaker);
  /** All that were begun: the outcome of a refund may come after /new. */
  const talks = [talk];
  let isAnswering = false;

  async function answerLines(): Promise<void> {
    if (screen.isKeyboard) screen.note(startText(connection, speaker));
    screen.prompt();
    for await (const line of screen.lines) {
      const text = line.trim();
      isAnswering = true;
      if (text !== '' && (await answer(text).catch(fail)) === 'quit') break;
      isAnswering = false;
      screen.prompt();
    }
    isAnswering = false;
    if (!screen.isKeyboard) await Promise.all(talks.map((each) => each.settle(settleTimeoutMs)));
  }

  function answer(text: string): Promise<'go-on' | 'quit'> {
    return isCommand(text) ? obey(text) : send(text);
  }

  async function send(text: string): Promise<'go-on'> {
    const { sent } = await talk.send(text);
    await showNews(talks);
    const about = aboutSilence(sent);
    if (about) screen.note(`(${about})`);
    return 'go-on';
  }

  async function obey(text: string): Promise<'go-on' | 'quit'> {
    const result = await runCommand(connection, speaker, text);
    if (result.kind === 'quit') return 'quit';
    if (result.kind === 'say') screen.note(result.text);
    else {
      speaker = withFreshAddress(speaker);
      talk = await openTalk(connection.context, speaker);
      talks.push(talk);
      screen.note('(A fresh conversation.)');
    }
    return 'go-on';
  }

  function fail(): 'go-on' {
    screen.note('(That did not work: the program does not answer. Try again in a moment, or /quit.)');
    return 'go-on';
  }

  const watching = new AbortController();
  /** Not while a line is answered: an approval exists before the reply that explains it. */
  const watch = repeat(async () => (isAnswering ? undefined : showNews(talks)), watching.signal);
  await Promise.race([answerLines(), leaving.aborted || once(leaving, 'abort')]);
  watching.abort();
  await watch;
  if (!leaving.aborted) await showNews(talks);
}

async function repeat(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // A database that is away for a moment is asked again at the next look.
    await look().catch(() => {});
    await wait(watchEveryMs, undefined, { signal }).catch(() => {});
  }
}
