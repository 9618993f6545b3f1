import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AuditRecorded, ClaimDenied, readMessage, catalogue, topicOf } from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { aika, type CommandResult } from './run-aika.js';
import { World } from './world.js';

jest.setTimeout(120_000);

describe('a dead letter, from the command line', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world.close());

  /** `aika dlq …`, with what it is given on standard input. */
  function dlq(args: readonly string[], input = ''): Promise<CommandResult> {
    return aika(world, ['dlq', ...args], { input });
  }

  async function listed(args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    const { out, err, code } = await dlq(['list', '--json', ...args]);
    if (code !== 0) throw new Error(err);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async function sendRaw(customerId: string, value: string): Promise<void> {
    const topic = topicOf(world.namespace, 'commands');
    const partition = partitionFor(customerId, await world.log.partitionCount(topic));
    const writer = await world.log.createWriter();
    await writer.send([{ topic, partition, key: customerId, value }]);
    await writer.close();
  }

  async function auditLines(customerId: string): Promise<readonly Record<string, unknown>[]> {
    const topic = topicOf(world.namespace, 'audit');
    const partition = partitionFor(customerId, await world.log.partitionCount(topic));
    const { start, end } = await world.log.offsets({ topic, partition });
    const lines: Record<string, unknown>[] = [];
    for await (const records of world.log.read({ topic, partition }, { from: start, until: end })) {
      for (const { value, timestamp } of records) {
        const read = readMessage(value ?? '', { catalogue, receivedAt: new Date(timestamp).toISOString() });
        if (read.ok && read.definition === AuditRecorded) lines.push(read.envelope.payload);
      }
    }
    return lines.filter((line) => line['customerId'] === customerId);
  }

  const claim = (customerId: string, cause: string) => ({
    messageType: 'FILE_CLAIM',
    schemaVersion: 2,
    metadata: { conversationId: `conv-${customerId}` },
    payload: {
      customerId,
      claimId: `clm-${customerId}`,
      policyId: 'pol-of-nobody',
      lossAt: world.daysAgo(3),
      cause,
      estimatedLoss: { amount: 50_000, currency: 'GBP' },
    },
  });

  it('is found, shown, refused as it is, edited, handled once, and never sent again', async () => {
    const customerId = 'cust-edit';
    await sendRaw(customerId, JSON.stringify(claim(customerId, 'VOLCANO')));
    const letter = await firstLetterOf(customerId);
    expect(letter).toMatchObject({ code: 'INVALID_PAYLOAD', agentId: 'claims-processing-agent' });
    const id = String(letter['id']).slice(0, 12);

    const table = await dlq(['list', '--agent', 'claims', '--since', '1h']);
    expect(table.out).toMatch(new RegExp(`${id} .* open .* FILE_CLAIM .*${customerId}`));
    const shown = await dlq(['show', id]);
    expect(shown.out).toContain('/payload/cause');
    expect(shown.out).not.toContain('VOLCANO');

    const refused = await dlq(['redrive', id, '--by', 'jo']);
    expect(refused).toMatchObject({ code: 1, err: '' });
    expect(refused.out).toContain('/payload/cause');

    const body = (await dlq(['show', id, '--raw', '--by', 'jo'])).out;
    const still = await dlq(['edit', id, '--by', 'jo'], body.replace('"VOLCANO"', '7'));
    expect(still).toMatchObject({ code: 1 });
    const mended = body.replace('VOLCANO', 'HAIL');
    const dry = await dlq(['edit', id, '--by', 'jo', '--dry-run'], mended);
    expect(dry.out).toContain('nothing was written');
    // What was read is noted, what was only tried is not.
    expect(await auditLines(customerId)).toEqual([
      expect.objectContaining({ action: 'READ_PERSONAL_DATA', actor: 'jo', object: letter['id'] }),
    ]);
    const edited = await dlq(['edit', id, '--by', 'jo', '--reason', 'the cause was misspelt'], mended);
    expect(edited).toMatchObject({ code: 0, err: '' });

    const denied = await world.expect(`conv-${customerId}`, ClaimDenied);
    expect(denied.claimId).toBe(`clm-${customerId}`);
    const again = await dlq(['redrive', id, '--by', 'sam', '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({
      kind: 'already',
      resolution: { action: 'edit', by: 'jo' },
    });
    const [line, ...more] = (await auditLines(customerId)).filter(({ deadLetterId }) => deadLetterId);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      action: 'DEAD_LETTER_EDITED',
      actor: 'jo',
      deadLetterId: letter['id'],
      reason: 'the cause was misspelt',
    });
    expect(world.entries(`conv-${customerId}`, ClaimDenied)).toHaveLength(1);
    expect(await listed(['--customer', customerId])).toEqual([]);
    expect(await listed(['--customer', customerId, '--status', 'redriven'])).toHaveLength(1);
  });

  it('is one of many that a filter chooses, and can be dropped with a reason', async () => {
    await sendRaw('cust-drop', '{"no": ');
    await firstLetterOf('cust-drop');
    const careless = await dlq(['drop', '--reason', 'noise', '--by', 'jo']);
    expect(careless).toMatchObject({ code: 1, out: '' });
    expect(careless.err).toContain('Which letters?');
    const wordless = await dlq(['drop', '--customer', 'cust-drop', '--by', 'jo']);
    expect(wordless.code).toBe(1);
    expect(wordless.err).toContain('--reason');
    const dropped = await dlq(['drop', '--code', 'NOT_JSON', '--reason', 'noise', '--by', 'jo']);
    expect(dropped).toMatchObject({ code: 0, err: '' });
    expect(dropped.out).toContain('1 dropped.');
    expect(await listed(['--code', 'NOT_JSON'])).toEqual([]);
  });

  it('that is not there is told in one line', async () => {
    const missing = await dlq(['show', 'msg-of-nobody']);
    expect(missing.code).toBe(1);
    expect(missing.err.trim().split('\n')).toHaveLength(1);
  });

  async function firstLetterOf(customerId: string): Promise<Record<string, unknown>> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const [letter] = await listed(['--customer', customerId]);
      if (letter) return letter;
      if (Date.now() > deadline) throw new Error(`No letter of ${customerId}.`);
    }
  }
});
