import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { variables } from '../src/config/variables.ts';
import { defaultPolicy } from '../src/returns/policy.ts';
import { parsePolicyFile } from '../src/returns/policy-file.ts';
import { jobNames } from '../src/storage/jobs.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })].map((path) => {
  const text = read(path);
  const prose = text.replace(/^```.*?^```$/gms, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const links = [...prose.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
  return { path, text, spans, links };
});
const architecture = pages.find(({ path }) => path === 'docs/architecture.md')?.text ?? '';

describe('the documents', () => {
  it('name only files and folders that exist', () => {
    const looksLikeOurs =
      /^(?:src|test|docs|bench|migrations|adapters|\.ci)\/[\w./-]*$|^[\w.-]+\.(?:ts|json|md|example)$/;
    const missing = pages.flatMap(({ path, spans, links }) => [
      ...spans
        .filter((span) => looksLikeOurs.test(span))
        .filter((span) => !['', 'src'].some((folder) => existsSync(join(root, folder, span))))
        .map((span) => `${path}: ${span}`),
      ...links
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('name only scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: object };
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    expect(named.filter((name = '') => !(name in scripts))).toEqual([]);
  });

  it('name only variables the program reads', () => {
    const named = pages.flatMap(({ spans }) =>
      spans.flatMap((span) => /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?$/.exec(span)?.[1] ?? []),
    );
    const known = new Set(variables.map(({ name }) => name));
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('quote only titles that their test files hold', () => {
    const quotation = /`(?<file>test\/[\w./-]+)` › "(?<title>(?:[^"\\]|\\.)+)"/g;
    for (const { path, text } of pages) {
      const quoted = [...text.matchAll(quotation)].map(({ groups }) => ({
        file: groups?.file ?? '',
        title: groups?.title?.replaceAll('\\"', '"') ?? '',
      }));
      expect(quoted, path).toHaveLength(text.split(' › ').length - 1);
      expect(quoted.filter(({ file, title }) => !holdsTitle(read(file), title))).toEqual([]);
    }
  });

  it('show the layers as they are enforced', () => {
    const source = /const allowed[^=]*= \{\n(.*?)\n\};/s.exec(read('test/architecture.test.ts'))?.[1] ?? '';
    const enforced = [...source.matchAll(/^ {2}'?([\w./-]+)'?: \[([^\]]*)\]/gm)].map(
      ([, layer = '', imports = '']) => [layer, [...imports.matchAll(/'([^']+)'/g)].map(([, name]) => name)],
    );
    const shown = rowsUnder('| layer | may import |').map(([layer = '', imports = '']) => [
      layer.replaceAll('`', ''),
      imports === 'nothing' ? [] : imports.replaceAll('`', '').split(', '),
    ]);
    expect(shown).toEqual(enforced);
  });

  it('show the default policy', () => {
    const [, shown = ''] = /```yaml\n(.*?)```/s.exec(read('README.md')) ?? [];
    const policy = defaultPolicy({ windowDays: 30 });
    expect(parsePolicyFile(shown, 0)).toEqual({ kind: 'ok', policy });
    expect(shown.match(/^ *\w+:/gm), 'every key, so that nothing falls back to the default').toHaveLength(8);
  });

  it('argue for every dependency', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    const named = pages.find(({ path }) => path === 'docs/decisions.md')?.spans ?? [];
    const installed = Object.keys({ ...dependencies, ...devDependencies });
    expect(installed.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('name every table and every queue', () => {
    const folder = 'src/storage/schema';
    const schema = readdirSync(join(root, folder))
      .map((file) => read(join(folder, file)))
      .join('\n');
    const inCode = (rows: readonly (readonly string[])[]) =>
      rows.map(([name = '']) => name.replaceAll('`', '')).sort();
    const tables = [...schema.matchAll(/pgTable\(\s*'(\w+)'/g)].map(([, name]) => name);
    expect(inCode(rowsUnder('| table | what it is for |'))).toEqual(tables.sort());
    expect(inCode(rowsUnder('| queue |'))).toEqual([...jobNames].sort());
  });
});

function holdsTitle(source: string, title: string): boolean {
  const written = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
  return written.some((literal) => source.includes(literal));
}

/** The cells of a table of docs/architecture.md, found by how its header begins. */
function rowsUnder(header: string): readonly (readonly string[])[] {
  const [, after = ''] = architecture.split(header);
  const [, , ...lines] = after.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
