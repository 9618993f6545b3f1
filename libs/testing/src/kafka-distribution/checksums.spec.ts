import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kafkaFolder } from '../repository.js';
import { readChecksums, verifyJars } from './checksums.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aika-jars-'));
  writeFileSync(join(folder, 'a.jar'), 'a');
  writeFileSync(join(folder, 'b.jar'), 'b');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pinned = new Map([
  ['a.jar', sha256('a')],
  ['b.jar', sha256('b')],
]);

describe('verifying the Kafka jars', () => {
  it('accepts exactly the pinned jars', async () => {
    await expect(verifyJars(folder, pinned)).resolves.toBeUndefined();
  });

  it('refuses a tampered jar by its name', async () => {
    writeFileSync(join(folder, 'b.jar'), 'tampered');
    await expect(verifyJars(folder, pinned)).rejects.toMatchObject({
      code: 'JARS_CHANGED',
      message: expect.stringMatching(/b\.jar has SHA-256/),
    });
  });

  it('refuses a missing jar by its name', async () => {
    rmSync(join(folder, 'a.jar'));
    await expect(verifyJars(folder, pinned)).rejects.toThrow(/a\.jar is missing/);
  });

  it('refuses an additional jar by its name', async () => {
    writeFileSync(join(folder, 'extra.jar'), 'x');
    await expect(verifyJars(folder, pinned)).rejects.toThrow(/extra\.jar is not in jars\.sha256/);
  });
});

describe('the committed list of checksums', () => {
  it('pins Kafka 4.3.1, its tools and a log binding', async () => {
    const names = [...(await readChecksums(join(kafkaFolder(), 'jars.sha256'))).keys()];
    expect(names).toEqual(
      expect.arrayContaining(['kafka_2.13-4.3.1.jar', 'kafka-tools-4.3.1.jar', 'kafka-clients-4.3.1.jar']),
    );
    expect(names.some((name) => name.startsWith('log4j-slf4j-impl-'))).toBe(true);
  });

  it('is refused when a line of it is no checksum', async () => {
    const file = join(folder, 'jars.sha256');
    writeFileSync(file, `${sha256('a')}  a.jar\nnonsense\n`);
    await expect(readChecksums(file)).rejects.toThrow(/nonsense/);
  });
});
