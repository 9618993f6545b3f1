import type { ReplayProgress } from '@aika/messaging';
import { createTopics, loadTopics, stageTopicsSetting } from '@aika/testing';
import { Argument, type Command } from 'commander';
import { cliSettings } from '../commands/cli-settings.js';
import { noteReading, withBy } from '../audit/acting.js';
import { runningCluster, whileConnected } from '../commands/connection.js';
import { untilInterrupted } from '../commands/interruption.js';
import { environmentOf, findPersonalData } from '../person/personal-data.js';
import { reportFailure } from '../platform/report-failure.js';
import { AGENT_NAMES, agentApp } from './agent-to-replay.js';
import { type ReplayFlags, replaySettings } from './replay-flags.js';
import { replayPrintout } from './replay-printout.js';
import { ReplayProcess } from './replay-process.js';

/** Beside 0 (the same) and 1 (not the same): it could not be done, or was interrupted. */
const EXIT = { refused: 2, interrupted: 130 } as const;
const LINE_EVERY_MS = 5000;

/** `aika replay`: an agent's history done again, without effects, and held against the record. */
export function registerReplay(program: Command): void {
  withBy(program.command('replay'))
    .description(
      "do an agent's history again with its present program, and compare; the live system is only read",
    )
    .addArgument(new Argument('<agent>', AGENT_NAMES.join(', ')))
    .option('--from <point>', 'start, RFC 3339, topic/partition@offset, or a message id', 'start')
    .option('--until <point>', 'the same; absent: to the end')
    .option('--customer <id>', "only this customer's messages")
    .option('--namespace <name>', 'write what is made again to topics of this namespace')
    .option('--environment <name>', 'sizes of the topics made for --namespace', 'laptop')
    .option(
      '--values',
      'show what differs with its values, which may be personal data: noted in the audit trail',
    )
    .option('--limit <n>', 'differences shown', '20')
    .option('--json', 'the report as one JSON object')
    .action((agent: string, flags: ReplayFlags) => replay(agent, flags));
}

async function replay(agent: string, flags: ReplayFlags): Promise<void> {
  let isDone = false;
  await reportFailure(async () => {
    await run(agent, flags);
    isDone = true;
  });
  if (!isDone) process.exitCode = EXIT.refused;
}

async function run(agent: string, flags: ReplayFlags): Promise<void> {
  const app = agentApp(agent);
  const settings = replaySettings(flags, uncompactedMs(flags.environment));
  const { namespace } = cliSettings();
  const cluster = await runningCluster();
  const { brokers } = cluster;
  const env = environmentOf(findPersonalData(cluster));
  if (flags.namespace !== undefined && flags.namespace !== namespace) {
    const stageTopics = stageTopicsSetting();
    await createTopics({ brokers, environment: flags.environment, namespace: flags.namespace, stageTopics });
  }
  if (flags.values) {
    const { by, customer: customerId } = flags;
    await whileConnected((c) => noteReading(c, { by, operation: 'replay', customerId, object: agent }));
  }
  const onProgress = progressLine();
  const child = ReplayProcess.start({ app, brokers, namespace, env, settings, onProgress });
  // A second Ctrl-C ends this process at once, and the agent's with it.
  void untilInterrupted().then(() => child.stop());
  const report = await child.result();
  if (report) process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : replayPrintout(report));
  if (!report || report.isInterrupted) process.exitCode = EXIT.interrupted;
  else process.exitCode = report.isSame ? 0 : 1;
}

/** How long state topics keep what was overwritten, by the topics file. */
function uncompactedMs(environment: string): number {
  const state = loadTopics({ environment }).find(({ name }) => name.includes('.state.'));
  return Number(state?.config['min.compaction.lag.ms'] ?? 0);
}

/** On standard error, beside a report in any form: one line that changes, or where nobody looks a line now and then. */
function progressLine(): (progress: ReplayProgress) => void {
  const { isTTY } = process.stderr;
  let toldAt = performance.now();
  return ({ done, of }) => {
    if (isTTY) process.stderr.write(`\r${done} of ${of} steps${done === of ? '\n' : ''}`);
    else if (performance.now() - toldAt > LINE_EVERY_MS) {
      toldAt = performance.now();
      process.stderr.write(`${done} of ${of} steps\n`);
    }
  };
}
