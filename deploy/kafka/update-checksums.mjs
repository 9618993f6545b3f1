/**
 * `node deploy/kafka/update-checksums.mjs [folder]`: writes jars.sha256 anew after a change of pom.xml, both in this
 * folder unless another is given. Fetches the jars into a temporary folder and lists their SHA-256. Review the
 * difference before committing it: this list is what every machine trusts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const here = resolve(process.argv[2] ?? import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), 'aika-kafka-'));
try {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const { status } = spawnSync('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), ...goal], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Maven failed');
  const lines = readdirSync(folder)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}`,
    );
  writeFileSync(join(here, 'jars.sha256'), `${lines.join('\n')}\n`);
  console.log(`${lines.length} jars in jars.sha256`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
