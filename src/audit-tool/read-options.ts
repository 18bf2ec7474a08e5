import { parseArgs } from 'node:util';

export type AuditCommand =
  | { readonly name: 'verify'; readonly expectedHead: string | undefined }
  | { readonly name: 'export' };

export type ReadAuditOptions =
  | { readonly kind: 'ok'; readonly command: AuditCommand }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = 'Usage: npm run audit -- verify [--expect-head HASH], or npm run audit -- export';

export function readAuditOptions(args: readonly string[]): ReadAuditOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'expect-head': { type: 'string' } },
      allowPositionals: true,
    });
    const [name, ...more] = positionals;
    const expectedHead = values['expect-head'];
    if (more.length > 0) return { kind: 'wrong', sentence: usage };
    if (name === 'export' && expectedHead === undefined) return { kind: 'ok', command: { name } };
    if (name !== 'verify') return { kind: 'wrong', sentence: usage };
    if (expectedHead === undefined || /^[0-9a-f]{64}$/.test(expectedHead))
      return { kind: 'ok', command: { name, expectedHead } };
    return { kind: 'wrong', sentence: `--expect-head needs the 64 digits that verify prints. ${usage}` };
  } catch {
    return { kind: 'wrong', sentence: usage };
  }
}
