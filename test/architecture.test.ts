import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Who may import whom, by folder under src. What is not listed is denied. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  returns: [],
  ports: ['returns'],
  storage: ['ports', 'returns'],
  refunds: ['storage', 'ports', 'returns', 'errors.ts', 'log.ts', 'metrics.ts'],
  agent: ['refunds', 'ports', 'returns', 'errors.ts'],
  conversation: ['agent', 'refunds', 'storage', 'ports', 'returns'],
  'adapters/shopify': ['ports', 'returns', 'circuit.ts', 'errors.ts', 'log.ts'],
  'adapters/openai': ['ports', 'returns', 'circuit.ts', 'errors.ts', 'log.ts'],
  'adapters/media': ['ports'],
  'adapters/guided': ['ports', 'returns', 'errors.ts'],
  'adapters/twilio': [
    'conversation',
    'storage',
    'ports',
    'returns',
    'http',
    'circuit.ts',
    'errors.ts',
    'log.ts',
  ],
  'adapters/slack': ['ports', 'returns', 'circuit.ts', 'errors.ts', 'log.ts'],
  jobs: ['conversation', 'refunds', 'storage', 'ports', 'returns', 'errors.ts', 'log.ts'],
  http: ['conversation', 'storage', 'returns', 'errors.ts', 'log.ts'],
  sandbox: [],
  config: ['returns', 'log.ts', 'http'],
  'log.ts': ['errors.ts'],
  'metrics.ts': [],
  'errors.ts': [],
  'circuit.ts': ['errors.ts'],
};
/** Composition and the processes' entries know everything. */
const composition = [
  'app.ts',
  'app',
  'launch.ts',
  'find-running-process.ts',
  'report-crashes.ts',
  'config.ts',
  'terminal',
  'policy-tool',
  'privacy-tool',
  'audit-tool',
  'dead-letters-tool',
  'chat.ts',
  'start.ts',
  'web.ts',
  'worker.ts',
  'migrate.ts',
  'policy.ts',
  'privacy.ts',
  'audit.ts',
  'dead-letters.ts',
  'log-command.ts',
];

const files = globSync('src/**/*.ts', { cwd: root });
const imports = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(
    ([, target = '']) => ({
      from: file,
      to: relative(root, join(root, dirname(file), target)),
    }),
  ),
);

test('every import goes the way the layers allow', () => {
  const broken = imports
    .map(({ from, to }) => ({ from, to, source: layerOf(from), target: layerOf(to) }))
    .filter(({ source, target }) => source !== target && !composition.includes(source))
    .filter(({ source, target }) => !allowed[source]?.includes(target))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(broken).toEqual([]);
});

test('no files import each other in a circle', () => {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('money moves in one file', () => {
  const callersOf = (method: string) =>
    files.filter((file) => readFileSync(join(root, file), 'utf8').includes(`.${method}(`));
  for (const method of ['createRefund', 'processReturn', 'cancelOrder']) {
    expect(callersOf(method)).toEqual(['src/refunds/execute-refund.ts']);
  }
});

test('what was read before is only shown: one tool asks for it', () => {
  const importers = (file: string) => imports.filter(({ to }) => to === file).map(({ from }) => from);
  expect(importers('src/refunds/order-to-show.ts')).toEqual(['src/agent/tools/find-order.ts']);
  const readers = files.filter((file) =>
    /recentOrders\??\.recall/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(readers).toEqual(['src/refunds/order-to-show.ts']);
});

test('the core reads no clock and does no I/O', () => {
  const impure = files
    .filter((file) => layerOf(file) === 'returns')
    .filter((file) =>
      /Date\.now\(|new Date\(\)|from 'node:(?!crypto)|process\.|fetch\(/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
  expect(impure).toEqual([]);
});

test('the environment is read in one file', () => {
  const readers = files.filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')));
  expect(readers).toEqual(['src/config.ts']);
});

function layerOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first === 'adapters' ? `${first}/${second}` : first;
}
