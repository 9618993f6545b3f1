import { randomUUID } from 'node:crypto';
import { once as eventOf } from 'node:events';
import type { Command } from 'commander';
import { type LocalIdentity, printoutOf, startIdentity } from '../identity/local-logins.js';
import { MessageJournal } from '../journal/message-journal.js';
import { reportFailure } from '../platform/report-failure.js';
import { LocalSystem } from '../processes/local-system.js';
import { HttpTransport, KafkaTransport, stories, type StoryResult, StoryTeller } from '../stories/index.js';
import type { StoryTransport } from '../stories/story-transport.js';
import { apiHintsText } from './api-hints.js';
import { cliSettings } from './cli-settings.js';
import { connect } from './connection.js';
import { untilInterrupted } from './interruption.js';

interface StartFlags {
  readonly once?: boolean;
  readonly http?: boolean;
  readonly json?: boolean;
}

type Out = (line: string) => void;

interface UseOptions {
  readonly namespace: string;
  readonly flags: StartFlags;
  /** Aborted when the command is to end. */
  readonly signal: AbortSignal;
  /** Absent where the gateway asks nobody who they are. */
  readonly identity: LocalIdentity | undefined;
  readonly upAfterMs: number;
}

const STEP_TIMEOUT_MS = 30_000;

/** `aika start`: everything, five stories; then it stays up until it is interrupted. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('bring up the cluster, PostgreSQL, the agents and the API, and tell five stories')
    .option('--once', 'end after the stories; exit code 0 only if each came out as expected')
    .option('--http', 'tell the stories over the HTTP API alone: commands, live stream, reads of the views')
    .option('--json', 'last line of standard output: one JSON object with the outcomes')
    .action((flags: StartFlags) => reportFailure(() => start(flags)));
}

async function start(flags: StartFlags): Promise<void> {
  const onProgress: Out = (line) => void process.stderr.write(`  ${line}\n`);
  const { namespace } = cliSettings();
  const startedAt = Date.now();
  // Taken now, so that a signal during the start-up also stops what has been started.
  const { signal } = abortedBy(untilInterrupted(), () => onProgress('Stopping; Ctrl-C again ends at once'));
  const identity = await startIdentity();
  const system = await unlessAborted(
    LocalSystem.start({ namespace, onProgress, signal, gatewayEnv: identity?.env }),
    signal,
  );
  if (system === undefined) return;
  try {
    await useSystem(system, { namespace, flags, signal, identity, upAfterMs: Date.now() - startedAt });
    if (!signal.aborted) onProgress('Stopping');
  } finally {
    await system.stop();
  }
}

/** Tells the stories, and what can be done with what is up then, until that is ended. */
async function useSystem(system: LocalSystem, { upAfterMs, ...options }: UseOptions): Promise<void> {
  const { flags, signal, identity } = options;
  // With --json standard output is for the result alone.
  const out: Out = (line) => void (flags.json ? process.stderr : process.stdout).write(`${line}\n`);
  const { brokers, fleet, edge } = system;
  const parts = `${brokers.length} brokers, PostgreSQL, ${fleet.agents.size} agents, projector, gateway`;
  out(`Up after ${(upAfterMs / 1000).toFixed(1)} s: ${parts}.`);
  const results = await unlessAborted(tellStories(system, { ...options, out }), signal);
  if (results === undefined) return;
  report(results, brokers.length, flags, out);
  if (identity?.isNew) out(`\n${printoutOf(identity)}`);
  out(`\n${system.personalData.told}`);
  out(apiText(edge.url, results, flags, identity?.storyTeller.curlFlag));
  if (flags.once) return;
  out(whatToTryNext(results));
  if (!signal.aborted) await eventOf(signal, 'abort');
}

function abortedBy(event: Promise<unknown>, before: () => void): AbortController {
  const controller = new AbortController();
  void event.then(() => {
    before();
    controller.abort();
  });
  return controller;
}

/** @returns undefined when the work was given up because of the signal */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function tellStories(
  system: LocalSystem,
  { namespace, flags, signal, identity, out }: Omit<UseOptions, 'upAfterMs'> & { readonly out: Out },
): Promise<readonly StoryResult[]> {
  const tellAll = async (transport: StoryTransport): Promise<readonly StoryResult[]> => {
    const teller = new StoryTeller({ transport, paymentsUrl: system.fleet.paymentsUrl, out, signal });
    const results: StoryResult[] = [];
    for (const story of stories) results.push(await teller.tell(story));
    return results;
  };
  if (flags.http) {
    const options = { gatewayUrl: system.edge.url, stepTimeoutMs: STEP_TIMEOUT_MS };
    return tellAll(new HttpTransport({ ...options, login: identity?.storyTeller }));
  }
  const connection = connect(system.platform, namespace);
  const journal = await MessageJournal.open(connection);
  try {
    const sender = await connection.sender();
    return await tellAll(new KafkaTransport({ journal, sender, stepTimeoutMs: STEP_TIMEOUT_MS }));
  } finally {
    await journal.close();
    await connection.close();
  }
}

function report(results: readonly StoryResult[], brokers: number, flags: StartFlags, out: Out): void {
  const ok = results.every(({ outcome, expected }) => outcome === expected);
  const right = results.filter(({ outcome, expected }) => outcome === expected).length;
  out(`\n${right} of ${results.length} stories came out as expected.`);
  if (flags.json) process.stdout.write(`${JSON.stringify({ brokers, stories: results, ok })}\n`);
  if (!ok) process.exitCode = 1;
}

/** Lines about the last story that had a claim. */
function apiText(
  gatewayUrl: string,
  results: readonly StoryResult[],
  { once }: StartFlags,
  login: string | undefined,
): string {
  const { customerId, claimId } = results.findLast((result) => result.claimId !== undefined) ?? {};
  if (customerId === undefined || claimId === undefined) return `\nThe API is at ${gatewayUrl}.`;
  const idempotencyKey = `quote-${randomUUID().slice(0, 8)}`;
  return `\n${apiHintsText({ gatewayUrl, customerId, claimId, idempotencyKey, login }, once)}`;
}

function whatToTryNext(results: readonly StoryResult[]): string {
  // Somebody who is there: the first story registers them.
  const { customerId = '<customer>' } = results[0] ?? {};
  return [
    '',
    'Everything stays up until Ctrl-C. Also in another terminal:',
    '  npx aika status                        brokers, topics, agents, lag',
    '  npx aika tail                          messages as they pass',
    '  npx aika portfolio --share 0.05        a twentieth of a real portfolio through the agents',
    '  npx aika send ASK_COVERAGE_QUESTION \'{"customerId": "cust-1", "policyId": "pol-1", "peril": "HAIL"}\' --wait 5',
    `  npx aika person export ${customerId}`,
    '                                         all that is kept of them; "person erase" throws their key away',
    'Logs of agents, projector and gateway: .aika/logs/',
  ].join('\n');
}
