import type { JsonSchema } from './payload-schema.js';
import { resolveRef } from './payload-schema.js';

/** Keywords by which a value has to be at least, or at most, something. */
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Keywords of which nobody can tell in general whether a change narrows; they may only be removed. */
const OPAQUE = ['pattern', 'format', 'const', 'multipleOf', 'uniqueItems', 'not', 'allOf', 'anyOf', 'oneOf'];

interface Pair {
  readonly before: JsonSchema;
  readonly after: JsonSchema;
  readonly path: string;
}

interface Walk {
  readonly beforeRoot: JsonSchema;
  readonly afterRoot: JsonSchema;
  readonly visited: Set<string>;
}

/**
 * What makes `after` refuse, or mean differently, a message that was right by `before`: a published
 * version may only be widened. Empty = compatible.
 */
export function incompatibilities(before: JsonSchema, after: JsonSchema): string[] {
  return compare({ before, after, path: '' }, { beforeRoot: before, afterRoot: after, visited: new Set() });
}

function compare(pair: Pair, walk: Walk): string[] {
  if (pair.before.$ref !== undefined && pair.after.$ref !== undefined) {
    const references = `${pair.before.$ref} ${pair.after.$ref}`;
    // A class may contain itself; comparing it once is enough.
    if (walk.visited.has(references)) return defaultProblems(pair);
    walk.visited.add(references);
  }
  const before = resolveRef(pair.before, walk.beforeRoot);
  const after = resolveRef(pair.after, walk.afterRoot);
  const resolved = { before, after, path: pair.path };
  return [
    ...defaultProblems(pair),
    ...typeProblems(resolved),
    ...enumProblems(resolved),
    ...boundProblems(resolved),
    ...opaqueProblems(resolved),
    ...fieldProblems(resolved, walk),
    ...entryProblems(resolved, walk),
  ];
}

function typeProblems({ before, after, path }: Pair): string[] {
  if (after.type === undefined) return [];
  const allowed = new Set([after.type].flat());
  if (allowed.has('number')) allowed.add('integer');
  if (before.type === undefined) return [`${path}: the type is now limited to ${[...allowed].join(', ')}`];
  const lost = [before.type].flat().filter((type) => !allowed.has(type));
  return lost.map((type) => `${path}: type ${type} is no longer allowed`);
}

function enumProblems({ before, after, path }: Pair): string[] {
  if (after.enum === undefined) return [];
  if (before.enum === undefined) return [`${path}: the values are now limited`];
  const lost = before.enum.filter((value) => !after.enum?.includes(value));
  return lost.map((value) => `${path}: value ${JSON.stringify(value)} is no longer allowed`);
}

function boundProblems({ before, after, path }: Pair): string[] {
  const bound = (schema: JsonSchema, keyword: string, none: number): number =>
    typeof schema[keyword] === 'number' ? schema[keyword] : none;
  const raised = LOWER_BOUNDS.filter(
    (keyword) => bound(after, keyword, -Infinity) > bound(before, keyword, -Infinity),
  );
  const lowered = UPPER_BOUNDS.filter(
    (keyword) => bound(after, keyword, Infinity) < bound(before, keyword, Infinity),
  );
  return [...raised, ...lowered].map((keyword) => `${path}: ${keyword} is narrower`);
}

function opaqueProblems({ before, after, path }: Pair): string[] {
  const changed = OPAQUE.filter(
    (keyword) => after[keyword] !== undefined && !isSame(before[keyword], after[keyword]),
  );
  return changed.map((keyword) => `${path}: ${keyword} was added or changed`);
}

/** A default says what a missing field means, so a sender that relies on it would be misread. */
function defaultProblems({ before, after, path }: Pair): string[] {
  if (before.default === undefined || isSame(before.default, after.default)) return [];
  return [`${path}: the default was changed`];
}

function fieldProblems({ before, after, path }: Pair, walk: Walk): string[] {
  const newlyRequired = (after.required ?? []).filter((field) => !(before.required ?? []).includes(field));
  const fields = Object.entries(before.properties ?? {}).flatMap(([field, schema]) => {
    const next = after.properties?.[field];
    if (next === undefined) return [`${path}/${field}: the field was removed`];
    return compare({ before: schema, after: next, path: `${path}/${field}` }, walk);
  });
  return [...newlyRequired.map((field) => `${path}/${field}: the field is now required`), ...fields];
}

function entryProblems({ before, after, path }: Pair, walk: Walk): string[] {
  return (['items', 'additionalProperties'] as const).flatMap((keyword) => {
    const next = after[keyword];
    if (next === undefined || next === true) return [];
    const previous = before[keyword];
    if (previous === false) return [];
    if (next === false) return [`${path}: ${keyword} are no longer allowed`];
    const open = previous === undefined || previous === true ? {} : previous;
    return compare({ before: open, after: next, path: `${path}/*` }, walk);
  });
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
