import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('SECURITY.md');

const quoted = [...page.matchAll(/`(test\/[\w./-]+)` › "([^"]+)"/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}));

test('every test that SECURITY.md names is there', () => {
  expect(quoted).toHaveLength(page.split(' › ').length - 1);
  const missing = quoted.filter(
    ({ file, title }) => !existsSync(join(root, file)) || !holds(read(file), title),
  );
  expect(missing).toEqual([]);
});

test('every file and page that SECURITY.md names is there', () => {
  const named = [...page.matchAll(/`((?:src|test|docs|\.ci)\/[\w./-]+)`|\]\(([\w./-]+)\)/g)].map(
    ([, span, link]) => span ?? link ?? '',
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(['LLM', 'API'])(
  'every line of the %s top ten names its test, or says why there is none',
  (list) => {
    const lines = page.split('\n').filter((line) => line.startsWith(`| ${list}`));
    const numbers = lines.map((line) => Number(/^\| [A-Z]+(\d+)/.exec(line)?.[1]));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const open = lines.filter(
      (line) => !/ › "|Does not apply: |No test: |The routes are the table above/.test(line),
    );
    expect(open).toEqual([]);
  },
);

test('every route the program serves is in the table of who may reach what', () => {
  const files = ['src/http/health.ts', 'src/http/chat-api.ts', 'src/http/shopify-webhooks.ts', 'src/app.ts'];
  const adapters = ['src/adapters/twilio/routes.ts', 'src/adapters/slack/install-routes.ts'];
  const routes = [...files, ...adapters].flatMap((file) =>
    [...read(file).matchAll(/path: '(\/[^']+)'/g)].map(([, path = '']) => path.replace(/:(\w+)/g, '{$1}')),
  );
  expect(routes).toContain('/api/chat/{conversation}');
  expect(routes.filter((path) => !new RegExp(`(?:GET|POST) ${escaped(path)}\``).test(page))).toEqual([]);
});

test('every kind of row in the audit log is in its table', () => {
  const kinds = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => {
    const source = read(file);
    if (!source.includes('recordAudit(') || file.endsWith('audit-log.ts')) return [];
    return [...source.matchAll(/['"`]((?:[a-z]+(?:-[a-z]+)*)\.[a-z$][^'"`\s]*)['"`]/g)].map(
      ([, kind = '']) => kind,
    );
  });
  const decisions = kinds.filter((kind) => !kind.endsWith('.ts') && !kind.includes('src/'));
  expect(decisions).toContain('refund.proposed');
  const isShown = (kind: string): boolean =>
    page.includes(`\`${kind}\``) ||
    page.includes(`\`${kind.replace(/\$\{.*$/, '*')}\``) ||
    page.includes(`\`${kind.split('.')[0]}.*\``);
  expect(decisions.filter((kind) => !isShown(kind))).toEqual([]);
});

function holds(source: string, title: string): boolean {
  const written = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
  return written.some((literal) => source.includes(literal));
}

function escaped(path: string): string {
  return path.replaceAll(/[{}/]/g, '\\$&');
}
