import { readFile } from 'node:fs/promises';
import type { Log } from '../log.ts';
import type { Policy } from '../returns/policy.ts';
import { parsePolicyFile } from '../returns/policy-file.ts';

/** Answers with the policy of the file once after it changed. A file that cannot be used is logged once. */
export function watchPolicyFile(
  path: string,
  windowDays: number,
  log: Log,
): () => Promise<Policy | undefined> {
  let before: string | undefined;
  let taken: string | undefined;
  return async () => {
    const text = await readFile(path, 'utf8').catch(() => '');
    // Half of a file that is just being written may be a policy too: it has to be the same twice.
    const isSettled = text === before;
    before = text;
    if (!isSettled || text === taken) return undefined;
    taken = text;
    const parsed = parsePolicyFile(text, windowDays);
    if (parsed.kind === 'ok') return parsed.policy;
    log.error('POLICY_FILE cannot be used: the last good policy stays in force; npm run policy checks it', {
      file: path,
      count: parsed.problems.length,
      ...placeOf(parsed.problems[0] ?? ''),
    });
    return undefined;
  };
}

/** `line 3, column 1: rules.0.when.risk: …` */
function placeOf(problem: string) {
  const found = /^line (\d+), column (\d+): (?:unknown key )?([\w.]+)?/.exec(problem);
  return { line: Number(found?.[1]), column: Number(found?.[2]), rule: found?.[3] };
}
