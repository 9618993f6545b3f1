/** Three projects by the file's suffix: pure, on a real cluster or database, and whole workflows. */
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@aika/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: '.swcrc' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['/dist/', '/.aika/', '/.nx/'],
  setupFiles: ['reflect-metadata'],
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps,bench,tools,docs}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/{libs,apps,bench}/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/tools/jest/cluster-setup.mjs',
      globalTeardown: '<rootDir>/tools/jest/cluster-teardown.mjs',
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{libs,apps}/**/*.e2e.spec.ts'],
      globalSetup: '<rootDir>/tools/jest/cluster-setup.mjs',
      globalTeardown: '<rootDir>/tools/jest/cluster-teardown.mjs',
    },
  ],
};
