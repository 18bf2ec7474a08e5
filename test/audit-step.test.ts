import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'audit-step-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the step with an npm that answers so. */
function runWith(answer: string, exitCode: number) {
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit ${exitCode}\n`, {
    mode: 0o755,
  });
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const { status, stdout } = spawnSync('bash', [join(import.meta.dirname, '../.ci/audit')], {
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
  });
  return { status, stdout };
}

describe('the look for known holes in dependencies', () => {
  it('passes when there are none', () => {
    expect(runWith('{"metadata":{"vulnerabilities":{"total":0}}}', 0).status).toBe(0);
  });

  it('fails when there is one', () => {
    expect(runWith('{"metadata":{"vulnerabilities":{"total":1}}}', 1).status).toBe(1);
  });

  it.each([
    ['has no such list', '{"error":{"code":"E404"}}'],
    ['answers nonsense', '<html>'],
    ['answers nothing', ''],
  ])('passes, and says that nothing was compared, where the registry %s', (_, answer) => {
    expect(runWith(answer, 1)).toMatchObject({ status: 0, stdout: expect.stringContaining('skipped') });
  });
});
