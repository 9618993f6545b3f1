import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

export interface CheckedAnswer {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}
interface DocumentedAnswer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

const ROOT = 'openapi';
const PROBLEM_TYPE = 'application/problem+json';
/** Answers of what stands before every route: no route says them. */
const BEFORE_ROUTES = [404, 405, 431];
/** What is no part of the API: health and the pages of the document. */
const NO_ROUTE = /^\/(health|docs|openapi\.json)/;

/** Holds answers against an OpenAPI document. */
export class AnswerCheck {
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes: readonly { readonly pattern: RegExp; readonly path: string }[];

  constructor(private readonly document: OpenAPIObject) {
    // The document is no schema as a whole, and its own keywords beside JSON Schema's are no mistakes.
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    // A CommonJS module under ESM: the types see the namespace, the program the function or the namespace.
    const addFormats = (addFormatsModule as unknown as { default?: AddFormats }).default ?? addFormatsModule;
    (addFormats as unknown as AddFormats)(this.ajv);
    this.ajv.addSchema(document as object, ROOT);
    this.routes = Object.keys(document.paths).map((path) => ({
      path,
      pattern: new RegExp(`^${path.replace(/[.+]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
    }));
  }

  /** @throws Error that names the rule that the answer breaks */
  assertDocumented(answer: CheckedAnswer): void {
    const broken = this.brokenRule(answer);
    if (broken === undefined) return;
    const { method, path, status, text } = answer;
    throw new Error(`${method} ${path} answered ${status}: ${broken}\n${text.slice(0, 500)}`);
  }

  /** @returns undefined for an answer as the document says */
  brokenRule(answer: CheckedAnswer): string | undefined {
    const path = answer.path.replace(/[?#].*$/, '');
    if (NO_ROUTE.test(path)) return undefined;
    const route = this.routes.find(({ pattern }) => pattern.test(path));
    const operation = route && this.operation(route.path, answer.method);
    if (route === undefined || operation === undefined || answer.status === 405) {
      return BEFORE_ROUTES.includes(answer.status) ? this.brokenProblem(answer) : undefined;
    }
    const documented = operation.responses[String(answer.status)];
    if (documented === undefined) return `the document says ${Object.keys(operation.responses).join(', ')}`;
    const at =
      documented.$ref ??
      pointer('paths', route.path, answer.method.toLowerCase(), 'responses', answer.status);
    return this.brokenContent(answer, at);
  }

  private operation(path: string, method: string): Operation | undefined {
    const item = this.document.paths[path] as unknown as Readonly<Record<string, Operation>> | undefined;
    return item?.[method.toLowerCase()];
  }

  private brokenContent(answer: CheckedAnswer, at: string): string | undefined {
    const { content } = this.at(at) as DocumentedAnswer;
    if (content === undefined) return answer.text === '' ? undefined : 'the document knows no body here';
    const type = mediaType(answer);
    if (!Object.hasOwn(content, type)) return `content type ${type}, not ${Object.keys(content).join(', ')}`;
    if (!/json$/.test(type)) return undefined;
    return this.brokenBody(answer, `${at}${pointer('content', type, 'schema').slice(1)}`);
  }

  private brokenProblem(answer: CheckedAnswer): string | undefined {
    if (mediaType(answer) !== PROBLEM_TYPE) return `content type ${mediaType(answer)}, not ${PROBLEM_TYPE}`;
    return this.brokenBody(answer, '#/components/schemas/Problem');
  }

  private brokenBody({ text }: CheckedAnswer, at: string): string | undefined {
    let validate = this.compiled.get(at);
    if (validate === undefined) {
      validate = this.ajv.compile({ $ref: `${ROOT}${at}` });
      this.compiled.set(at, validate);
    }
    if (validate(JSON.parse(text))) return undefined;
    return this.ajv.errorsText(validate.errors, { dataVar: 'body', separator: '; ' });
  }

  private at(place: string): unknown {
    const names = place
      .slice(2)
      .split('/')
      .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
    return names.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], this.document);
  }
}

type AddFormats = (ajv: Ajv2020) => void;

function mediaType({ contentType }: CheckedAnswer): string {
  return (contentType ?? 'none').split(';')[0]?.trim() ?? 'none';
}

/** A JSON pointer as the fragment of a reference. */
function pointer(...names: readonly (string | number)[]): string {
  return `#/${names.map((name) => encodeURIComponent(String(name).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}
