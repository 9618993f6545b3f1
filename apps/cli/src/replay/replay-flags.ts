import { parseReplayPoint, ReplayError } from '@aika/messaging';
import type { ByFlags } from '../audit/acting.js';
import { PlatformError } from '@aika/testing';

export interface ReplayFlags extends ByFlags {
  /** `start`, RFC 3339, `<topic>/<partition>@<offset>` or a message id. */
  readonly from: string;
  readonly until?: string;
  readonly customer?: string;
  readonly namespace?: string;
  readonly environment: string;
  readonly values?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

/**
 * What the agent's process is told.
 *
 * @param uncompactedMs how long state topics keep old values
 * @throws PlatformError `SETTING_INVALID` that names the flag
 */
export function replaySettings(
  flags: Omit<ReplayFlags, 'by'>,
  uncompactedMs: number,
): Readonly<Record<string, unknown>> {
  const { from, until, customer: customerId, namespace: writeTo, values, limit } = flags;
  if (!/^\d{1,6}$/.test(limit)) throw invalid(`--limit must be a whole number, not "${limit}".`);
  if (writeTo !== undefined && !/^[a-z][a-z0-9-]{0,40}$/.test(writeTo)) {
    throw invalid(`--namespace must be lower-case letters, digits and dashes, not "${writeTo}".`);
  }
  return {
    ...(from === 'start' ? {} : { from: checked('--from', from) }),
    ...(until === undefined ? {} : { until: checked('--until', until) }),
    ...{ customerId, writeTo, values },
    limit: Number(limit),
    uncompactedMs,
  };
}

function checked(flag: string, text: string): string {
  try {
    parseReplayPoint(text);
    return text;
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    throw invalid(`${flag}: ${error.message}`);
  }
}

function invalid(message: string): PlatformError {
  return new PlatformError('SETTING_INVALID', message);
}
