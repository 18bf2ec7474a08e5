import { parseArgs } from 'node:util';

export type ReadLogOptions =
  | { readonly kind: 'export'; readonly since: Date | undefined }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = 'Usage: npm run log -- export [--since 2026-11-01]';

export function readLogOptions(args: readonly string[]): ReadLogOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { since: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, ...more] = positionals;
    if (command !== 'export' || more.length > 0) return { kind: 'wrong', sentence: usage };
    if (values.since === undefined) return { kind: 'export', since: undefined };
    const since = readDate(values.since);
    if (since) return { kind: 'export', since };
    return { kind: 'wrong', sentence: `--since needs a date such as 2026-11-01. ${usage}` };
  } catch {
    return { kind: 'wrong', sentence: usage };
  }
}

/** A day (from midnight UTC) or an instant. JavaScript would read 2026-02-31 as the third of March. */
function readDate(text: string): Date | undefined {
  const day = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.exec(text)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(text))) return undefined;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? new Date(text) : undefined;
}
