import { relative, sep } from 'node:path';

/**
 * Packages that stay behind a port of ours, with the only places that may name them. A place is a file, or a folder
 * with its slash, from the repository's root.
 *
 * @type {readonly { packages: readonly string[], places: readonly string[], message: string }[]}
 */
export const ADAPTER_PACKAGES = [
  {
    packages: ['kafkajs'],
    // What Aika is measured against is written with what others would write it with.
    places: ['libs/messaging/src/kafka/', 'bench/src/peers/'],
    message: 'kafkajs stays behind the port: only libs/messaging/src/kafka imports it.',
  },
  {
    packages: ['classic-level'],
    places: ['libs/messaging/src/local-state/'],
    message:
      'The database of local state stays behind the port: only libs/messaging/src/local-state imports it.',
  },
  {
    packages: ['kysely'],
    places: [
      'libs/views/src/',
      // Tables of their own, which no projection writes: answers by idempotency key, API keys, and views while they are
      // built anew.
      'apps/gateway/src/commands/postgres-idempotency-store.ts',
      'apps/gateway/src/identity/keys/postgres-api-key-store.ts',
      'apps/projector/src/rebuild/',
      // Measurements look at tables from outside.
      'bench/src/',
    ],
    message:
      "SQL stays in libs/views, the gateway's stores of idempotency and API keys and the rebuild of the projector.",
  },
  {
    packages: ['pg'],
    places: [
      'libs/views/src/database/',
      'libs/personal-data/src/keys/postgres-key-store.ts',
      // Another database than the views': the second place of seals belongs to somebody else.
      'libs/audit/src/stores/postgres-seal-store.ts',
      'libs/testing/src/local-postgres/',
      'libs/testing/src/faults/processes/postgres-faults.ts',
      'libs/testing/src/platform/test-postgres.ts',
    ],
    message: 'Connections to PostgreSQL are made by libs/views/src/database and the store of keys.',
  },
  {
    packages: ['jose'],
    places: ['apps/gateway/src/identity/'],
    message: 'Tokens are made and checked by the identity of the gateway.',
  },
  {
    packages: ['nodemailer'],
    places: ['apps/customer-agent/src/notifications/smtp-channel.ts'],
    message: 'nodemailer stays behind the port of channels: only smtp-channel.ts imports it.',
  },
];

/** Refuses to name an adapter's package elsewhere: by import, export, type, `import()` or `require()`. */
export const adapterPackages = {
  meta: {
    type: 'problem',
    docs: { description: 'Packages behind a port are named by its adapter only.' },
    messages: { elsewhere: '{{message}}' },
    schema: [{ type: 'object', properties: { root: { type: 'string' } }, additionalProperties: false }],
  },
  create(context) {
    const [{ root }] = context.options;
    const file = relative(root, context.filename).split(sep).join('/');
    const look = (source) => {
      if (typeof source?.value !== 'string') return;
      const found = ruleFor(source.value);
      if (!found || found.places.some((place) => isIn(file, place))) return;
      context.report({ node: source, messageId: 'elsewhere', data: { message: found.message } });
    };
    return {
      ImportDeclaration: ({ source }) => look(source),
      ExportNamedDeclaration: ({ source }) => look(source),
      ExportAllDeclaration: ({ source }) => look(source),
      ImportExpression: ({ source }) => look(source),
      TSImportType: ({ argument, source }) => look(source ?? argument?.literal),
      TSExternalModuleReference: ({ expression }) => look(expression),
      'CallExpression[callee.name="require"]': (call) => look(call.arguments[0]),
    };
  },
};

function ruleFor(target) {
  return ADAPTER_PACKAGES.find(({ packages }) =>
    packages.some((name) => target === name || target.startsWith(`${name}/`)),
  );
}

function isIn(file, place) {
  return place.endsWith('/') ? file.startsWith(place) : file === place;
}
