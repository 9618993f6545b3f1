import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { parseReplayPoint, type ReplayPoint, ReplayError, type ReplayRequest } from '../replay/index.js';
import { SettingsError } from './agent-settings.js';

/** Set, it makes an agent's process do its history again instead of joining its group. JSON, see `ReplaySettings`. */
export const REPLAY_VARIABLE = 'AIKA_REPLAY';

/** The fields of `AIKA_REPLAY`; all may be absent. */
export class ReplaySettings {
  /** RFC 3339, `<topic>/<partition>@<offset>` or a message id. */
  @IsOptional()
  @MinLength(1)
  from?: string;

  @IsOptional()
  @MinLength(1)
  until?: string;

  @IsOptional()
  @MinLength(1)
  customerId?: string;

  /** Where what is made again is written. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,40}$/, { message: 'expected lower-case letters, digits and dashes' })
  writeTo?: string;

  @IsOptional()
  @IsBoolean()
  values?: boolean;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  limit?: number;

  /** Milliseconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  uncompactedMs?: number;
}

/** @throws SettingsError that lists everything that is wrong */
export function parseReplaySettings(text: string): ReplayRequest {
  const settings = plainToInstance(ReplaySettings, objectIn(text));
  const faults = validateSync(settings, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) {
    const rules = faults.flatMap(({ constraints = {} }) => Object.values(constraints));
    throw new SettingsError(rules.map((rule) => `${REPLAY_VARIABLE}: ${rule}`));
  }
  const { from, until, ...request } = settings;
  return { ...request, from: pointIn(from), until: pointIn(until) };
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new SettingsError([`${REPLAY_VARIABLE}: expected a JSON object, such as {} for the whole history`]);
}

function pointIn(text: string | undefined): ReplayPoint | undefined {
  if (text === undefined) return undefined;
  try {
    return parseReplayPoint(text);
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    throw new SettingsError([`${REPLAY_VARIABLE}: ${error.message}`]);
  }
}
