import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStateFile } from '../../src/sandbox/state-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const empty = (): { items: string[] } => ({ items: [] });

describe('state file', () => {
  it('starts from the initial state when there is no file, and makes the folder', () => {
    const path = join(folder, 'deep', 'state.json');
    const file = openStateFile(path, empty);
    expect(file.state).toEqual({ items: [] });
    file.save();
    expect(readFileSync(path, 'utf8')).toBe('{"items":[]}');
  });

  it('gives back what was saved and forgets what was not', () => {
    const path = join(folder, 'state.json');
    const first = openStateFile(path, empty);
    first.state.items.push('kept');
    first.save();
    first.state.items.push('lost');
    expect(openStateFile(path, empty).state.items).toEqual(['kept']);
  });

  it('ignores a write that was cut short', () => {
    const path = join(folder, 'state.json');
    openStateFile(path, empty).save();
    writeFileSync(`${path}.next`, '{"items":["ha');
    expect(openStateFile(path, empty).state).toEqual({ items: [] });
  });

  it('refuses a damaged file instead of starting over', () => {
    const path = join(folder, 'state.json');
    writeFileSync(path, '{"items":["ha');
    expect(() => openStateFile(path, empty)).toThrow(SyntaxError);
  });

  it('keeps nothing without a path', () => {
    const file = openStateFile(undefined, empty);
    file.state.items.push('here');
    file.save();
    expect(openStateFile(undefined, empty).state.items).toEqual([]);
  });

  it('is whole after the process was killed in the middle of saving', async () => {
    const path = join(folder, 'state.json');
    const module = pathToFileURL(join(import.meta.dirname, '../../src/sandbox/state-file.ts')).href;
    const script = `import { openStateFile } from ${JSON.stringify(module)};
      const file = openStateFile(${JSON.stringify(path)}, () => ({ items: [] }));
      for (let n = 0; ; n++) { file.state.items = Array(5000).fill(String(n)); file.save(); if (n === 3) console.log('saving'); }`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(writer.stdout, 'data');
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const { items } = openStateFile(path, empty).state;
    expect(items).toHaveLength(5000);
    expect(new Set(items).size).toBe(1);
  });
});
