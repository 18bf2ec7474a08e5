import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type NamedVariable, variables } from '../src/config/variables.ts';
import { readConfig } from '../src/config.ts';

const root = new URL('../', import.meta.url);
const readme = new URL('README.md', root);

describe('.env.example', () => {
  it('names every variable, what it is and where to get it', async () => {
    await expect(exampleFile()).toMatchFileSnapshot('../.env.example');
  });

  it('changes nothing when it is copied as it is', () => {
    const copied = parseEnv(readFileSync(new URL('.env.example', root), 'utf8'));
    expect(readConfig(copied)).toEqual(readConfig({}));
  });
});

describe('the README', () => {
  const text = readFileSync(readme, 'utf8');
  const table = /^\| *variable *\|.*\n\|[-| :]+\n(?<rows>(\|.*\n)+)/im.exec(text)?.groups?.rows;

  it('lists every variable with its default', () => {
    const rows = (table ?? '')
      .trim()
      .split('\n')
      .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));
    const listed = rows.map((cells) => ({ name: cells[1], default: cells.at(-2) }));
    const expected = variables.map((variable) => ({
      name: `\`${variable.name}\``,
      default: variable.default === undefined ? (variable.whenUnset ?? '—') : `\`${variable.default}\``,
    }));
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      String(a.name).localeCompare(String(b.name));
    expect(listed.sort(byName)).toEqual(expected.sort(byName));
  });
});

function exampleFile(): string {
  const blocks = [
    '# Copy this file to .env and fill in what you use. With nothing filled in the program starts in its\n' +
      '# sandbox: stand-ins for Shopify, Twilio and Slack, a demo store, and no account needed.\n',
  ];
  let group = '';
  for (const variable of variables) {
    if (variable.group !== group)
      blocks.push(`# ---- ${variable.group} ${'-'.repeat(70 - variable.group.length)}\n`);
    group = variable.group;
    blocks.push(exampleOf(variable));
  }
  return blocks.join('\n');
}

function exampleOf({
  name,
  meaning,
  expected,
  whereToGet,
  default: byDefault,
  whenUnset,
}: NamedVariable): string {
  const comments = [meaning, `Expected: ${expected}`, `Where from: ${whereToGet}`];
  if (whenUnset) comments.push(`Unset: ${whenUnset}`);
  return `${comments.map((line) => `# ${line}\n`).join('')}#${name}=${byDefault ?? ''}\n`;
}
