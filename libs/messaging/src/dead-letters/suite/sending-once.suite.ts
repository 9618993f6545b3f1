import { describe, expect, it } from '@jest/globals';
import { HEADER } from '@aika/contracts';
import { LogError } from '../../ports/index.js';
import { until } from '../../ports/suite/suite-tools.js';
import type { RuntimeSuiteSetup } from '../../runtime/suite/counter-world.js';
import { withFaults } from '../../runtime/suite/faulty-log.js';
import { redrivenId } from '../redriven-message.js';
import { useLettersWorld } from './letters-world.js';

const BY = { by: 'jo', reason: 'the fault is mended' };

export function describeSendingOnce(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`sending dead letters back on ${name}`, () => {
    const world = useLettersWorld(open);

    it('a redrive sends the message once under a new id that links back; again is a no-op', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId, 5);
      const [first] = await world().letters.redrive([letter.id], BY);
      expect(first).toMatchObject({ kind: 'sent', id: letter.id, topic: world().topic('commands') });
      await until(async () => (await world().totals(customerId)).length === 1);
      const [second] = await world().letters.redrive([letter.id], { by: 'sam' });
      expect(second).toMatchObject({ kind: 'already', resolution: { action: 'redrive', by: 'jo' } });
      const [sent, ...more] = await world().sentAgain(letter.id);
      expect(more).toEqual([]);
      const newMessageId = first?.kind === 'sent' ? first.newMessageId : '';
      expect(sent?.headers[HEADER.messageId]?.toString()).toBe(newMessageId);
      const commands = await world().messages('commands', customerId);
      expect(commands.map((command) => command.messageId)).toEqual([letter.messageId, newMessageId]);
      expect(commands[1]?.metadata).toMatchObject({
        causationId: letter.messageId,
        correlationId: letter.messageId,
      });
      expect(await world().totals(customerId)).toEqual([5]);
      expect((await world().lettersOf(customerId))[0]).toMatchObject({
        status: 'redriven',
        resolution: { ...BY, action: 'redrive', newMessageId },
      });
    });

    it('an audit line tells who redrove what, and why', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      const [outcome] = await world().letters.redrive([letter.id], BY);
      expect(await world().auditOf(customerId)).toMatchObject([
        {
          action: 'DEAD_LETTER_REDRIVEN',
          actor: 'jo',
          reason: 'the fault is mended',
          deadLetterId: letter.id,
          messageId: outcome?.kind === 'sent' ? outcome.newMessageId : '',
        },
      ]);
    });

    it('of many offices at once one sends, and all come to the same end', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      const offices = [1, 2].map((n) => world().officeOn(world().connect(`office-${n}`)));
      const outcomes = (
        await Promise.all(offices.map((office, n) => office.redrive([letter.id], { by: `person-${n}` })))
      ).flat();
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'sent']);
      expect(await world().sentAgain(letter.id)).toHaveLength(1);
    });

    it('an office that is shut out after it has read the letters sends nothing', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      let beginnings = 0;
      const slow = withFaults(world().connect('slow'), {
        beforeSend: async () => {
          if (++beginnings === 1) await world().letters.redrive([letter.id], { by: 'quick' });
        },
      });
      const outcomes = await world().officeOn(slow).redrive([letter.id], { by: 'slow' });
      expect(beginnings).toBe(1);
      expect(outcomes).toMatchObject([{ kind: 'already', resolution: { by: 'quick' } }]);
      expect(await world().sentAgain(letter.id)).toHaveLength(1);
    });

    it('a crash before the commit leaves nothing, and the next redrive sends', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      const dying = withFaults(world().connect('dying'), {
        beforeCommit: () => {
          throw new LogError('CLOSED', 'the process dies here', false);
        },
      });
      await expect(world().officeOn(dying).redrive([letter.id], BY)).rejects.toMatchObject({
        code: 'CLOSED',
      });
      expect(await world().sentAgain(letter.id)).toEqual([]);
      expect(await world().auditOf(customerId)).toEqual([]);
      expect((await world().lettersOf(customerId))[0]?.status).toBe('open');
      expect(await world().letters.redrive([letter.id], BY)).toMatchObject([{ kind: 'sent' }]);
      expect(await world().sentAgain(letter.id)).toHaveLength(1);
    });

    it('a commit whose answer is lost is looked up: sent once, and told as sent', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      let commits = 0;
      const unsure = withFaults(world().connect('unsure'), {
        afterCommit: () => {
          if (++commits === 1) throw new LogError('COMMIT_OUTCOME_UNKNOWN', 'no answer', true);
        },
      });
      expect(await world().officeOn(unsure).redrive([letter.id], BY)).toMatchObject([{ kind: 'sent' }]);
      expect(commits).toBe(1);
      expect(await world().sentAgain(letter.id)).toHaveLength(1);
    });

    it('a redriven message that fails again is a new letter with a link to the first', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      world().failAt(redrivenId(letter.id));
      await world().letters.redrive([letter.id], BY);
      const [, second] = await world().lettersOf(customerId, 2);
      expect(second).toMatchObject({ status: 'open', redriveOf: letter.id });
      expect((await world().letters.get(letter.id))?.returnedAs).toEqual([second?.id]);
      expect(await world().letters.redrive([second!.id], BY)).toMatchObject([{ kind: 'sent' }]);
      await until(async () => (await world().totals(customerId)).length === 1);
    });

    it('a dry run tells what would happen and writes nothing, not even a marker', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      const before = await world().ends();
      const dry = { ...BY, dryRun: true };
      expect(await world().letters.redrive([letter.id], dry)).toMatchObject([{ kind: 'sent' }]);
      expect(await world().letters.drop([letter.id], dry)).toMatchObject([{ kind: 'dropped' }]);
      expect(await world().letters.edit(letter.id, '{', dry)).toMatchObject({
        kind: 'refused',
        code: 'NOT_JSON',
      });
      expect(await world().ends()).toEqual(before);
      expect((await world().lettersOf(customerId))[0]?.status).toBe('open');
    });

    it('many letters go in batches, in their order, each once', async () => {
      const customerId = world().customer();
      const amounts = Array.from({ length: 230 }, (_, n) => n);
      const dead = await world().deadCommands(customerId, amounts);
      const progress: number[] = [];
      const ids = dead.map(({ id }) => id).toReversed();
      const outcomes = await world().letters.redrive(ids, {
        ...BY,
        onProgress: ({ done }) => progress.push(done),
      });
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['sent']));
      expect(progress).toEqual([100, 200, 230]);
      await until(async () => (await world().totals(customerId)).length === amounts.length);
      const sent = (await world().messages('commands', customerId)).slice(amounts.length);
      expect(sent.map(({ payload }) => payload['amount'])).toEqual(amounts);
    });
  });
}
