import type { AgentCard, ParkedEntry } from '@aika/messaging';
import { PlatformError } from '@aika/testing';
import { table } from '../platform/table.js';

/** A customer whose messages wait at an agent. */
export interface ParkedRow extends ParkedEntry {
  readonly agentId: string;
  readonly instanceId: string;
}

/** What the cards list, oldest first. A customer that moved with its partition is on the newest card. */
export function parkedRows(cards: readonly AgentCard[]): readonly ParkedRow[] {
  const rows = new Map<string, ParkedRow>();
  for (const { agentId, instanceId, parked } of [...cards].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    for (const entry of parked?.oldest ?? []) {
      rows.set(`${agentId}/${entry.customerId}`, { agentId, instanceId, ...entry });
    }
  }
  return [...rows.values()].sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** The one agent at which this customer is parked. @throws PlatformError that names the choice */
export function agentOf(rows: readonly ParkedRow[], customerId: string): string {
  const [agentId, ...more] = rows.filter((row) => row.customerId === customerId).map((row) => row.agentId);
  if (agentId !== undefined && more.length === 0) return agentId;
  const found = agentId === undefined ? 'at no agent' : `at ${[agentId, ...more].join(' and ')}`;
  throw new PlatformError('SETTING_INVALID', `${customerId} is parked ${found}. Name one by --agent <id>.`);
}

export function parkedReport(rows: readonly ParkedRow[], now: number): string {
  if (rows.length === 0) return 'Nothing is parked.';
  const lines = rows.map((row) => [
    row.customerId,
    row.agentId,
    String(row.waiting),
    String(row.attempts),
    age(now - Date.parse(row.since)),
    row.nextTry.slice(0, 19) + 'Z',
    `${row.code}: ${row.reason}`.slice(0, 60),
  ]);
  return table(['customer', 'agent', 'waiting', 'tries', 'age', 'next try', 'reason'], lines);
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
