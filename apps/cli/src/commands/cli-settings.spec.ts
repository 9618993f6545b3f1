import { describe, expect, it } from '@jest/globals';
import { cliSettings } from './cli-settings.js';

describe('the settings of the command line', () => {
  it('are those of an installation on one machine', () => {
    expect(cliSettings({})).toEqual({ namespace: 'aika', compression: 'zstd' });
    expect(cliSettings({ AIKA_NAMESPACE: '', AIKA_COMPRESSION: '' })).toEqual(cliSettings({}));
  });

  it('are named as those of the agents', () => {
    const env = { AIKA_NAMESPACE: 'claims-test', AIKA_COMPRESSION: 'none' };
    expect(cliSettings(env)).toEqual({ namespace: 'claims-test', compression: 'none' });
  });

  it.each([
    [{ AIKA_NAMESPACE: 'Claims' }, 'AIKA_NAMESPACE must be lower-case letters'],
    [{ AIKA_COMPRESSION: 'brotli' }, 'AIKA_COMPRESSION must be one of none, gzip, zstd, not "brotli"'],
  ])('are refused where they are wrong: %j', (env, message) => {
    expect(() => cliSettings(env)).toThrow(message);
  });
});
