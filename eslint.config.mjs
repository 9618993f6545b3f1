import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Which layer may depend on which: one direction, apps at the top. Tags stand in each package.json. */
const layers = [
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: ['layer:contracts'] },
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain'] },
  { sourceTag: 'layer:views', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:views'] },
  { sourceTag: 'layer:messaging', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:messaging'] },
  {
    sourceTag: 'layer:audit',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:messaging', 'layer:audit', 'layer:testing'],
  },
  {
    sourceTag: 'layer:workflow',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:messaging', 'layer:workflow'],
  },
  {
    sourceTag: 'layer:testing',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:messaging', 'layer:testing'],
  },
  {
    sourceTag: 'layer:app',
    onlyDependOnLibsWithTags: [
      'layer:audit',
      'layer:contracts',
      'layer:domain',
      'layer:messaging',
      'layer:views',
      'layer:workflow',
      'layer:testing',
    ],
  },
];

const kafkaOnlyInItsAdapter = {
  name: 'kafkajs',
  message: 'kafkajs stays behind the port: only libs/messaging/src/kafka imports it.',
};
const kafkajsInternals = { group: ['kafkajs/*'], message: kafkaOnlyInItsAdapter.message };

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/.nx/**', '**/.aika/**', '**/coverage/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints: layers },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals instead of an enum.' },
        { selector: 'ImportExpression[source.value=/^kafkajs/]', message: kafkaOnlyInItsAdapter.message },
      ],
      'no-restricted-imports': ['error', { paths: [kafkaOnlyInItsAdapter], patterns: [kafkajsInternals] }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['libs/messaging/src/kafka/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // What Aika is measured against is written with what others would write it with.
    files: ['bench/src/peers/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [kafkaOnlyInItsAdapter],
          patterns: [
            {
              group: ['node:*', '@nestjs/*', 'kafkajs', 'kafkajs/*'],
              message: 'The domain is pure: (state, message) in, events out.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch', 'crypto'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in with the message.' },
        { object: 'Math', property: 'random', message: 'A decision is a function of (state, message).' },
      ],
    },
  },
  {
    files: ['apps/*-agent/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/main.ts', '**/*.module.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            kafkaOnlyInItsAdapter,
            {
              name: '@nestjs/microservices',
              message: "Agents' code names neither Kafka nor Nest transports.",
            },
            {
              name: '@aika/messaging/kafka',
              message: 'Only wiring (main.ts, *.module.ts) names an adapter.',
            },
            {
              name: '@aika/messaging/in-memory',
              message: 'Only wiring (main.ts, *.module.ts) names an adapter.',
            },
          ],
          patterns: [kafkajsInternals],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        gc: 'readonly',
      },
    },
  },
);
