// Fails when src/lib/api/schema.d.ts is not what openapi.json generates: run `npm run generate`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const committed = 'src/lib/api/schema.d.ts';
const folder = mkdtempSync(join(tmpdir(), 'kinometa-schema-'));
try {
  const fresh = join(folder, 'schema.d.ts');
  execFileSync(
    'npx',
    [
      'openapi-typescript',
      'openapi.json',
      '--output',
      fresh,
      '--root-types',
      '--root-types-no-schema-prefix',
      '--alphabetize'
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  );
  const options = { ...(await resolveConfig(committed)), filepath: committed };
  if ((await format(readFileSync(fresh, 'utf8'), options)) !== readFileSync(committed, 'utf8')) {
    process.stderr.write(`${committed} is stale: run "npm run generate" in web/ and commit the result.\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
