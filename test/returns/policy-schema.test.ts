import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyJsonSchema } from '../../src/returns/policy-json-schema.ts';
import { factNames } from '../../src/returns/rule-facts.ts';

const docs = join(import.meta.dirname, '../../docs');

describe('the JSON Schema for editors', () => {
  it('says what the policy file may say', async () => {
    await expect(written(policyJsonSchema())).toMatchFileSnapshot('../../docs/policy.schema.json');
  });

  it('names every condition, and the documentation does too', () => {
    const schema = JSON.stringify(policyJsonSchema());
    const page = readFileSync(join(docs, 'policy.md'), 'utf8');
    expect(factNames.filter((name) => !schema.includes(`"${name}"`))).toEqual([]);
    expect(factNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

/** As the formatter leaves it: short lists on one line. */
function written(schema: object): string {
  const lists = /^( *)(.*)\[\n((?: *"[^"\n]*",?\n| *-?[\d.]+,?\n)+) *\](,?)$/gm;
  const text = JSON.stringify(schema, null, 2).replace(lists, (all, indent, before, entries, comma) => {
    const line = `${indent}${before}[${String(entries)
      .trim()
      .replace(/\s*\n\s*/g, ' ')}]${comma}`;
    return line.length <= 110 ? line : all;
  });
  return `${text}\n`;
}
