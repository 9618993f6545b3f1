import { describe, expect, it } from '@jest/globals';
import { SettingsError } from './agent-settings.js';
import { parseReplaySettings } from './replay-settings.js';

describe('the settings of a replay', () => {
  it('may all be absent', () => {
    expect(parseReplaySettings('{}')).toEqual({});
  });

  it('name where it begins and ends', () => {
    const text = JSON.stringify({ from: '2026-03-01T09:00:00Z', until: 'commands/2@17', writeTo: 'again' });
    expect(parseReplaySettings(text)).toEqual({
      from: { kind: 'time', at: Date.parse('2026-03-01T09:00:00Z') },
      until: { kind: 'position', topic: 'commands', partition: 2, offset: 17 },
      writeTo: 'again',
    });
  });

  it.each([
    ['no JSON', 'yes'],
    ['no object', '[]'],
    ['an unknown field', '{"form":"2026-03-01T09:00:00Z"}'],
    ['a time without a zone', '{"from":"2026-03-01T09:00:00"}'],
    ['a namespace that no topic may have', '{"writeTo":"Again!"}'],
    ['a limit below nothing', '{"limit":-1}'],
  ])('are refused for %s', (_what, text) => {
    expect(() => parseReplaySettings(text)).toThrow(SettingsError);
  });
});
