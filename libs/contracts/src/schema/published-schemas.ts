import type { Catalogue } from '../catalogue.js';
import { EnvelopeContract } from '../envelope.contract.js';
import type { MessageDefinition, PayloadClass } from '../message-definition.js';
import { incompatibilities } from './compatibility.js';
import type { JsonSchema } from './payload-schema.js';
import { payloadSchema } from './payload-schema.js';

const SUFFIX = '.schema.json';
const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Files by their name, with their content. */
export type Files = ReadonlyMap<string, string>;

export interface SchemaReview {
  /** What would break a program that goes by what was published; to be refused. */
  readonly incompatible: readonly string[];
  /** Files that are missing or differ from what the classes say. */
  readonly stale: readonly string[];
  /** What should stand in the folder. */
  readonly files: Files;
}

/** Compares what the classes say with what was published before. Pure: reads and writes no file. */
export function reviewSchemas(catalogue: Catalogue, published: Files): SchemaReview {
  const files = schemaFiles(catalogue);
  const incompatible = [...published].flatMap(([name, content]) => {
    if (!name.endsWith(SUFFIX)) return [];
    const next = files.get(name);
    if (next === undefined) return [`${name}: a published schema was removed`];
    const problems = incompatibilities(JSON.parse(content) as JsonSchema, JSON.parse(next) as JsonSchema);
    return problems.map((problem) => `${name} ${problem}`);
  });
  const stale = [...files].filter(([name, content]) => published.get(name) !== content);
  return { incompatible, stale: stale.map(([name]) => name), files };
}

/** Every version of a definition, oldest first. */
export function versionsOf(
  definition: MessageDefinition,
): readonly { readonly version: number; readonly payload: PayloadClass; readonly example: object }[] {
  return [...definition.previousVersions, definition];
}

/** Name without suffix of the files of a message's version, such as `FILE_CLAIM.v2`. */
export function versionName(type: string, version: number): string {
  return `${type}.v${version}`;
}

function schemaFiles(catalogue: Catalogue): Files {
  const sorted = [...catalogue.all()].sort((a, b) => (a.type < b.type ? -1 : 1));
  const payloads = sorted.flatMap((definition) =>
    versionsOf(definition).map(({ version, payload }) => {
      const name = versionName(definition.type, version);
      return [name + SUFFIX, schemaFile(name, payload)] as const;
    }),
  );
  return new Map([
    ...payloads,
    [`envelope${SUFFIX}`, schemaFile('envelope', EnvelopeContract)],
    ['README.md', overview(sorted)],
  ]);
}

function schemaFile(name: string, payload: PayloadClass): string {
  const schema = { $schema: DRAFT, $id: `urn:aika:schema:${name}`, title: name, ...payloadSchema(payload) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function overview(definitions: readonly MessageDefinition[]): string {
  const rows = definitions.map((definition) => {
    const { type, kind, version, owner, topic, stage, audited } = definition;
    const link = `[${type}](${versionName(type, version)}${SUFFIX})`;
    return `| ${[link, kind, version, owner, topic, stage, audited ? 'yes' : ''].join(' | ')} |`;
  });
  return [
    '# Messages',
    '',
    'Made from the payload classes in `libs/contracts`; a check keeps it fresh. Every message stands in an',
    '[envelope](envelope.schema.json). The owner of a command handles it, the owner of an event emits it.',
    'Topics stand behind the namespace of the installation (`aika.` by default); what is HIGH stands in the lane',
    '`<topic>.high` of commands, events and agent topics. Field names are camelCase;',
    'on input snake_case means the same, optional fields may be missing, and a time without a zone is UTC.',
    'A published version is only ever widened; what narrows or removes gets a new version and an upcaster.',
    '',
    '| type | kind | version | owner | topic | stage | audited |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
