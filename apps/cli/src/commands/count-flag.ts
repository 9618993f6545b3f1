import { PlatformError } from '@aika/testing';

/** A whole number from a flag. @throws PlatformError `SETTING_INVALID` that names the flag and what was expected */
export function countOf(flag: string, text: string, least: number): number {
  const count = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(count) && count >= least) return count;
  throw new PlatformError('SETTING_INVALID', `${flag} must be a whole number from ${least}, not "${text}".`);
}
