import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';

/** A keyboard with a prompt, or a pipe without; texts may come at any time and leave what is being typed alone. */
export type Screen = {
  readonly isKeyboard: boolean;
  readonly lines: AsyncIterable<string>;
  /** Asks for the next line. */
  prompt(): void;
  /** What the agent says. */
  reply(text: string): void;
  /** What this terminal says. */
  note(text: string): void;
  close(): void;
};

export type Terminal = { readonly input: Readable; readonly output: Writable; readonly errors: Writable };

export function openScreen(
  { input, output }: Pick<Terminal, 'input' | 'output'>,
  agentName: string,
  onInterrupt: () => void,
): Screen {
  const isKeyboard = isTty(input) && isTty(output);
  const reader = createInterface({ input, output, terminal: isKeyboard, prompt: style('bold', 'you> ') });
  // Taken at once: lines that arrive before somebody iterates would be lost.
  const lines = reader[Symbol.asyncIterator]();
  let isPrompting = false;
  reader.on('SIGINT', onInterrupt);
  reader.on('line', () => {
    isPrompting = false;
  });

  function style(format: 'bold' | 'cyan' | 'dim', text: string): string {
    return styleText(format, text, { stream: output });
  }

  function print(text: string): void {
    if (isPrompting) {
      clearLine(output, 0);
      cursorTo(output, 0);
    }
    output.write(`${text}\n`);
    if (isPrompting) reader.prompt(true);
  }

  return {
    isKeyboard,
    lines,
    prompt() {
      if (!isKeyboard) return;
      isPrompting = true;
      reader.prompt();
    },
    reply: (text) => print(isKeyboard ? `${style('cyan', `${agentName}>`)} ${text}` : text),
    note: (text) => print(style('dim', text)),
    close() {
      if (isPrompting) output.write('\n');
      reader.close();
    },
  };
}

function isTty(stream: Readable | Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}
