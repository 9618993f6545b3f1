import { describe, expect, it } from '@jest/globals';
import { findJava, javaMajorVersion } from './java.js';

describe('the Java on this machine', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_392"', 8],
  ])('has its major version read from %s', (output, major) => {
    expect(javaMajorVersion(output)).toBe(major);
  });

  it('has no version in the output of something else', () => {
    expect(javaMajorVersion('command not found')).toBeUndefined();
  });

  it('is asked for by name when JAVA_HOME points nowhere', async () => {
    await expect(findJava({ JAVA_HOME: '/nowhere' })).rejects.toMatchObject({
      code: 'JAVA_MISSING',
      message: expect.stringContaining('Install Java 17'),
    });
  });
});
