import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findInBrokerFiles } from '@aika/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { stories, type StoryResult } from '../stories/index.js';
import { StartedCommand, StartGround, untilGone } from './started-command.js';

jest.setTimeout(120_000);

const run = promisify(execFile);

/** Unset where brokers are given, whose files cannot be seen. */
const clusterState = process.env['AIKA_TEST_CLUSTER_STATE'];

describe('aika start, with the stories told over HTTP', () => {
  let ground: StartGround;
  let command: StartedCommand;
  let results: readonly StoryResult[];
  /** The lines for a shell that were printed. */
  let lines: readonly string[];

  beforeAll(async () => {
    ground = await StartGround.create(`e2e-${randomUUID().slice(0, 8)}`);
    command = ground.start('--http', '--json');
    const [json] = await command.until('out', /^\{.*\}$/m);
    ({ stories: results } = JSON.parse(json) as { stories: readonly StoryResult[] });
    await command.until('err', /Everything stays up/);
    lines = command.err
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('curl '));
  });
  afterAll(async () => {
    await command.end('SIGKILL');
    await ground.close();
  });

  it.each(stories.map((story) => [story.title, story] as const))(
    '%s: the outcome is the same, and the read side shows it',
    (_title, { name, expected }) => {
      expect(results.find((result) => result.name === name)).toMatchObject({ outcome: expected, expected });
      const shown = new RegExp(`views +/v1/policies/.*`, 'g');
      expect(command.err.match(shown)).toHaveLength(stories.length);
    },
  );

  it('prints lines for a shell that ask, read and follow', async () => {
    const [quote = '', claim = '', follow = ''] = lines;
    expect(lines).toHaveLength(3);
    const curl = spawn('sh', ['-c', `exec ${follow}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told = new StartedCommand(curl);
    await told.until('out', /^id: /m);

    const asked = await run('sh', ['-c', quote]);
    const answer = JSON.parse(asked.stdout) as { outcome: { messageType: string; payload: object } };
    expect(answer.outcome).toMatchObject({ messageType: 'QUOTE_ISSUED', payload: { product: 'MOTOR' } });
    expect((await run('sh', ['-c', quote])).stdout).toBe(asked.stdout);
    await told.until('out', /^event: QUOTE_ISSUED$/m);
    const ended = once(curl, 'exit');
    curl.kill('SIGINT');
    await ended;

    const { claimId, customerId } = results.at(-1) ?? {};
    const read = JSON.parse((await run('sh', ['-c', claim])).stdout) as object;
    expect(read).toMatchObject({ claimId, customerId, status: 'reopened', paid: { amount: 0 } });
  });

  it('asks who it is: logins are printed once, and without one nothing is told', async () => {
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/v1\/claims\/\S+/.exec(lines[1] ?? '') ?? [];
    expect((await fetch(url)).status).toBe(401);
    const [, auditor = ''] = /^ {2}auditor \(.*\)\n {4}(\S+)$/m.exec(command.err) ?? [];
    const read = await fetch(url, { headers: { authorization: `Bearer ${auditor}` } });
    expect(read.status).toBe(200);
  });

  it('seals who did what, and says it', async () => {
    const reports = async () => {
      const verify = ground.aika('audit', 'verify', '--json');
      expect([await verify.ended(), verify.err]).toEqual([0, '']);
      return jsonLines<{ verified: number; unsealed: number }>(verify.out);
    };
    const sum = (of: readonly { verified: number; unsealed: number }[], field: 'verified' | 'unsealed') =>
      of.reduce((total, report) => total + report[field], 0);
    let found = await reports();
    const deadline = Date.now() + 20_000;
    while (sum(found, 'unsealed') > 0 && Date.now() < deadline) found = await reports();
    expect(sum(found, 'unsealed')).toBe(0);
    expect(sum(found, 'verified')).toBeGreaterThan(20);
    const search = ground.aika('audit', 'search', '--actor', 'jo.adjuster', '--json');
    expect(await search.ended()).toBe(0);
    const lines = jsonLines<{ kind: string }>(search.out);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['login', 'command', 'approval', 'reading']),
    );
  });

  (clusterState === undefined ? it.skip : it)(
    'seals what is personal, with keys that it has made and that every command finds',
    async () => {
      const keys = join(ground.folder, 'personal-data');
      expect(command.err).toContain(`Personal data is sealed; its keys are in ${keys}`);
      const { customerId = '' } = results.find(({ name }) => name === 'quote-to-bind') ?? {};
      const person = ground.aika('person', 'export', customerId, '--by', 'ann');
      expect([await person.ended(), person.err]).toEqual([0, '']);
      expect(JSON.parse(person.out)).toMatchObject({ customerId });
      const words = ['Ada Example', 'ada@example.org'];
      for (const word of words) expect(person.out).toContain(word);
      const found = await findInBrokerFiles(String(clusterState), ground.namespace, [customerId, ...words]);
      expect(new Set(found.map(({ text }) => text))).toEqual(new Set([customerId]));
    },
  );

  it('takes an API key that the command line made, and the trail says who made it', async () => {
    const create = ground.aika('keys', 'create', '--role', 'auditor', '--subject', 'reporting', '--by', 'jo');
    expect(await create.ended()).toBe(0);
    const headers = { 'x-api-key': create.out.trim() };
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(lines[1] ?? '') ?? [];
    const trail = await fetch(`${url}/v1/audit?actor=jo`, { headers });
    expect(await trail.json()).toMatchObject({
      lines: [{ action: 'API_KEY_CREATED', kind: 'configuration', details: { subject: 'reporting' } }],
    });
  });

  it('stops everything that it has started, and ends well', async () => {
    // Four agents, projector, gateway and sealer.
    expect(command.pids).toHaveLength(7);
    expect(await command.end('SIGTERM')).toBe(0);
    await untilGone(command.pids);
  });

  it('leaves nothing behind when it is killed', async () => {
    const again = ground.start('--http');
    await again.until('out', /^Up after .* 4 agents, projector, gateway\.$/m);
    await again.end('SIGKILL');
    // It ends before the sealer is told of, or after it.
    expect(again.pids.length).toBeGreaterThanOrEqual(6);
    await untilGone(again.pids);
  });
});

function jsonLines<T>(text: string): readonly T[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
