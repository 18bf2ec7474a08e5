import type { KnownBlock } from '@slack/web-api';

/** What Slack would refuse about a message; empty when it would take it. */
export function brokenLimits({ text, blocks }: { text: string; blocks: readonly KnownBlock[] }): string[] {
  const broken: string[] = [];
  const check = (name: string, length: number, max: number) => {
    if (length < 1 || length > max) broken.push(`${name}: ${length} of ${max}`);
  };
  check('text', text.length, 4000);
  check('blocks', blocks.length, 50);
  if (blocks.filter(({ type }) => type === 'table').length > 1) broken.push('more than one table');
  check('all blocks', texts(blocks).join('').length, 13_200);
  for (const block of blocks) {
    check('block_id', (block.block_id ?? 'x').length, 255);
    if (block.type === 'header') check('header', block.text.text.length, 150);
    else if (block.type === 'section') {
      if (block.text !== undefined) check('section', block.text.text.length, 3000);
      if (block.fields !== undefined) check('fields', block.fields.length, 10);
      for (const field of block.fields ?? []) check('field', field.text.length, 2000);
    } else if (block.type === 'context') check('context', block.elements.length, 10);
    else if (block.type === 'actions') {
      check('actions', block.elements.length, 25);
      for (const element of block.elements) {
        if (element.type !== 'button') continue;
        check('button', element.text.text.length, 75);
        check('value', element.value?.length ?? 0, 2000);
        check('action_id', element.action_id?.length ?? 0, 255);
        if (element.confirm === undefined) continue;
        check('confirm title', element.confirm.title?.text.length ?? 0, 100);
        check('confirm text', element.confirm.text.text.length, 300);
        check('confirm', element.confirm.confirm?.text.length ?? 0, 30);
        check('confirm deny', element.confirm.deny?.text.length ?? 0, 30);
      }
    } else if (block.type === 'table') {
      check('rows', block.rows.length, 100);
      for (const row of block.rows) {
        check('cells', row.length, 20);
        for (const cell of row) if (cell.type === 'raw_text') check('cell', cell.text.length, 3000);
      }
    } else broken.push(`unexpected block ${block.type}`);
  }
  return broken;
}

/** Every text a person would read, markup included. */
export function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
  );
}
