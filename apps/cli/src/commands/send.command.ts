import { catalogue, validatePayload } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { reportFailure } from '../platform/report-failure.js';
import { type ByFlags, withBy } from '../audit/acting.js';
import { whileConnected } from './connection.js';

interface SendFlags extends ByFlags {
  readonly conversation?: string;
  readonly id?: string;
  readonly priority?: string;
  readonly wait?: string;
}

/** `aika send <MESSAGE_TYPE> <json>`: a message as a person or another system would send it. */
export function registerSend(program: Command): void {
  withBy(program.command('send'))
    .description('send a message: aika send FILE_CLAIM \'{"customerId": …}\'')
    .argument('<type>', 'message type, such as FILE_CLAIM')
    .argument('<json>', 'payload as JSON')
    .option('--conversation <id>', 'conversation that it belongs to')
    .option('--id <messageId>', 'message id; the same id is handled once')
    .option('--priority <priority>', 'HIGH, NORMAL or LOW')
    .option('--wait <seconds>', 'wait for the first event that it causes, and print it')
    .action((type: string, json: string, flags: SendFlags) => reportFailure(() => send(type, json, flags)));
}

async function send(type: string, json: string, flags: SendFlags): Promise<void> {
  const definition = catalogue.get(type);
  if (!definition) throw refused(`${type} is not a message type. ${similar(type)}`);
  const payload = parsePayload(json);
  const violations = validatePayload(definition, payload);
  if (violations.length > 0) {
    const lines = violations.map(
      ({ path, expected, found }) => `  ${path || '/'}: expected ${expected}, found ${found}`,
    );
    throw refused(
      `The payload breaks the contract of ${type}:\n${lines.join('\n')}\nAn example: ${JSON.stringify(definition.example)}`,
    );
  }
  const metadata = {
    actor: flags.by,
    ...(flags.conversation === undefined ? {} : { conversationId: flags.conversation }),
  };
  const options = {
    metadata,
    ...(flags.id === undefined ? {} : { messageId: flags.id }),
    ...(flags.priority === undefined ? {} : { priority: priorityOf(flags.priority) }),
  };
  const seconds = flags.wait === undefined ? undefined : secondsOf(flags.wait);
  await whileConnected(async (connection) => {
    const sender = await connection.sender();
    if (seconds === undefined) {
      process.stdout.write(`${await sender.send(definition, payload, options)}\n`);
      return;
    }
    const timeoutMs = seconds * 1000;
    process.stdout.write(
      `${JSON.stringify(await sender.ask(definition, payload, { ...options, timeoutMs }), null, 2)}\n`,
    );
  });
}

function parsePayload(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw refused(`The payload is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw refused('The payload must be a JSON object.');
}

function priorityOf(text: string): 'HIGH' | 'NORMAL' | 'LOW' {
  if (text === 'HIGH' || text === 'NORMAL' || text === 'LOW') return text;
  throw refused(`--priority must be HIGH, NORMAL or LOW, not "${text}".`);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw refused(`--wait must be a number of seconds above 0, not "${text}".`);
}

function similar(type: string): string {
  const words = type
    .toUpperCase()
    .split('_')
    .filter((word) => word.length > 2);
  const alike = catalogue
    .all()
    .map((definition) => definition.type)
    .filter((known) => words.some((word) => known.includes(word)));
  return alike.length > 0 ? `Did you mean ${alike.slice(0, 5).join(', ')}?` : 'docs/schemas lists them all.';
}

function refused(message: string): PlatformError {
  return new PlatformError('SETTING_INVALID', message);
}
