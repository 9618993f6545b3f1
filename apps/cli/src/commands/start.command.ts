import { type Platform, startPlatform } from '@aika/testing';
import type { Command } from 'commander';
import { MessageJournal } from '../journal/message-journal.js';
import { reportFailure } from '../platform/report-failure.js';
import type { AgentFleet } from '../processes/agent-fleet.js';
import { assertFleetPortsFree, startLocalFleet } from '../processes/local-fleet.js';
import { stories, type StoryResult, StoryTeller } from '../stories/index.js';
import { cliSettings } from './cli-settings.js';
import { connect } from './connection.js';
import { untilInterrupted } from './interruption.js';

interface StartFlags {
  readonly once?: boolean;
  readonly json?: boolean;
}

const STEP_TIMEOUT_MS = 30_000;

/** `aika start`: cluster, agents, five stories; then it stays up until it is interrupted. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('bring up the cluster and the agents, and tell five stories')
    .option('--once', 'end after the stories; exit code 0 only if each came out as expected')
    .option('--json', 'last line of standard output: one JSON object with the outcomes')
    .action((flags: StartFlags) => reportFailure(() => start(flags)));
}

async function start(flags: StartFlags): Promise<void> {
  // With --json standard output is for the result alone.
  const out = (line: string): void => void (flags.json ? process.stderr : process.stdout).write(`${line}\n`);
  const progress = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const { namespace } = cliSettings();
  await assertFleetPortsFree();
  const startedAt = Date.now();
  // Taken now, so that a signal during the start-up also stops what has been started.
  const interrupted = untilInterrupted();
  const platform = await startPlatform({ lease: 'owner', namespace, onProgress: progress });
  let fleet: AgentFleet | undefined;
  try {
    fleet = await startLocalFleet(platform.brokers, namespace, progress);
    out(
      `Up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${platform.brokers.length} brokers, ${fleet.agents.size} agents.`,
    );
    const results = await Promise.race([
      tellStories(platform, namespace, fleet.paymentsUrl, out),
      interrupted,
    ]);
    if (typeof results === 'string') return;
    report(results, platform.brokers.length, flags, out);
    if (!flags.once) {
      out(whatToTryNext());
      await interrupted;
    }
  } finally {
    progress('Stopping');
    await fleet?.stop();
    await platform.stop();
  }
}

async function tellStories(
  platform: Platform,
  namespace: string,
  paymentsUrl: string,
  out: (line: string) => void,
): Promise<readonly StoryResult[]> {
  const connection = connect(platform.brokers, namespace);
  let teller: StoryTeller | undefined;
  const journal = await MessageJournal.open({
    ...connection,
    onEntry: (entry) => teller?.onEntry(entry),
  });
  try {
    teller = new StoryTeller({
      journal,
      sender: await connection.sender(),
      paymentsUrl,
      out,
      stepTimeoutMs: STEP_TIMEOUT_MS,
    });
    const results: StoryResult[] = [];
    for (const story of stories) results.push(await teller.tell(story));
    return results;
  } finally {
    await journal.close();
    await connection.close();
  }
}

function report(
  results: readonly StoryResult[],
  brokers: number,
  flags: StartFlags,
  out: (line: string) => void,
): void {
  const ok = results.every(({ outcome, expected }) => outcome === expected);
  const right = results.filter(({ outcome, expected }) => outcome === expected).length;
  out(`\n${right} of ${results.length} stories came out as expected.`);
  if (flags.json) process.stdout.write(`${JSON.stringify({ brokers, stories: results, ok })}\n`);
  if (!ok) process.exitCode = 1;
}

function whatToTryNext(): string {
  return [
    '',
    'Everything stays up until Ctrl-C. In another terminal:',
    '  npx aika status                        brokers, topics, agents, lag',
    '  npx aika tail                          messages as they pass',
    '  npx aika portfolio --share 0.05        a twentieth of a real portfolio through the agents',
    '  npx aika send ASK_COVERAGE_QUESTION \'{"customerId": "cust-1", "policyId": "pol-1", "peril": "HAIL"}\' --wait 5',
    'Logs of the agents: .aika/logs/',
  ].join('\n');
}
