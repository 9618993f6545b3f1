import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { adapterPackages } from './tools/eslint/adapter-packages.mjs';

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
    sourceTag: 'layer:personal-data',
    onlyDependOnLibsWithTags: [
      'layer:contracts',
      'layer:messaging',
      'layer:personal-data',
      // Its tests on real parts.
      'layer:testing',
    ],
  },
  {
    sourceTag: 'layer:testing',
    onlyDependOnLibsWithTags: ['layer:contracts', 'layer:messaging', 'layer:testing'],
  },
  // What other systems may take as it is: nothing of Aika comes with it.
  { sourceTag: 'layer:client', onlyDependOnLibsWithTags: ['layer:client'] },
  {
    sourceTag: 'layer:app',
    onlyDependOnLibsWithTags: [
      'layer:audit',
      'layer:client',
      'layer:contracts',
      'layer:domain',
      'layer:messaging',
      'layer:personal-data',
      'layer:views',
      'layer:workflow',
      'layer:testing',
    ],
  },
];

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/.nx/**', '**/.aika/**', '**/coverage/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, aika: { rules: { 'adapter-packages': adapterPackages } } },
    rules: {
      'aika/adapter-packages': ['error', { root: import.meta.dirname }],
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
      ],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*', '@nestjs/*'],
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
