import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Whatever reads a process's own clock, and why nothing that is decided hangs on it. */
const readers: Readonly<Record<string, string>> = {
  'src/adapters/openai/model-failure.ts': 'a Retry-After that is a date, bounded by its caller',
  'src/adapters/shopify/exchange.ts': 'a Retry-After that is a date, bounded by its caller',
  'src/adapters/slack/slack-client.ts': 'a Retry-After that is a date, bounded by its caller',
  'src/adapters/twilio/ask-twilio.ts': 'a Retry-After that is a date, bounded by its caller',
  'src/app/providers.ts': 'when this process asks for its next token; a refused token is asked for at once',
  'src/app/slack-installations.ts':
    'the five minutes of a signature, either way; rights are kept for a minute at most',
  'src/circuit.ts': 'how long this process leaves a provider alone that refuses it',
  'src/policy-tool/explain-case.ts': 'a person asks what would be decided today',
  'src/policy-tool/replay-file.ts': 'a person asks what was decided lately',
  'src/refunds/recent-orders.ts': 'how long something read may be shown; nothing is decided by it',
};

test('nothing reads the clock of its process but what is listed here with its reason', () => {
  const found = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !/^src\/(sandbox|terminal)\//.test(file))
    .filter((file) => /\bDate\.now\b|\bnew Date\(\)/.test(readFileSync(join(root, file), 'utf8')));
  expect(found.filter((file) => !(file in readers))).toEqual([]);
});

test('how far clocks may differ is said once', () => {
  const found = globSync('src/**/*.ts', { cwd: root }).filter((file) =>
    /const \w*skew\w* =/i.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(found).toEqual(['src/ports/clock.ts']);
});
