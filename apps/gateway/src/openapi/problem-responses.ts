import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ProblemAnswer } from '../http/answers.js';
import { type Problem, PROBLEM_JSON, ProblemError, type ProblemName, PROBLEMS } from '../http/problem.js';
import { schemaOf } from './components.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Example texts of problems that say more than their title. */
const EXAMPLES: Partial<Record<ProblemName, ProblemError>> = {
  'invalid-request': new ProblemError(
    'invalid-request',
    '/customerId: expected at least 1 characters; /estimatedLoss/amount: expected >= 0.',
    {
      violations: [
        { path: '/customerId', expected: 'at least 1 characters', found: 'string of 0 characters' },
        { path: '/estimatedLoss/amount', expected: '>= 0', found: '-1' },
      ],
    },
  ),
  'command-rejected': new ProblemError(
    'command-rejected',
    'The quote was valid until 2026-04-01T09:00:00Z.',
    {
      code: 'quote_expired',
    },
  ),
};

/** What every route may answer: the limits and the machinery before and behind it. */
const EVERYWHERE: readonly ProblemName[] = [
  'bad-request',
  'invalid-request',
  'too-many-requests',
  'headers-too-large',
  'internal-error',
  'timed-out',
  'overloaded',
  'log-unavailable',
  'database-unavailable',
];
const WITH_BODY: readonly ProblemName[] = ['not-json', 'body-too-large', 'unsupported-media-type'];

/** The problems of a route beside those that any may answer. */
export function ApiProblems(...names: readonly ProblemName[]): MethodDecorator {
  return responses([...EVERYWHERE, ...names]);
}

/** The problems of a route that takes a body. */
export function ApiBodyProblems(...names: readonly ProblemName[]): MethodDecorator {
  return responses([...EVERYWHERE, ...WITH_BODY, ...names]);
}

/** A problem that this route answers under another status than its own. */
export function ApiProblemAs(status: number, name: ProblemName): MethodDecorator {
  return response(status, [name]);
}

function responses(names: readonly ProblemName[]): MethodDecorator {
  const byStatus = Map.groupBy(new Set(names), (name) => PROBLEMS[name].status);
  return applyDecorators(...[...byStatus].map(([status, group]) => response(status, group)));
}

function response(status: number, names: readonly ProblemName[]): MethodDecorator {
  const examples = names.map((name) => [name, { value: exampleOf(name, status) }] as const);
  return ApiResponse({
    status,
    description: names.map((name) => PROBLEMS[name].title).join('; '),
    headers: { traceparent: { schema: { type: 'string' }, description: 'W3C trace context.' } },
    content: {
      [PROBLEM_JSON]: {
        schema: schemaOf(ProblemAnswer, { name: 'Problem' }),
        examples: Object.fromEntries(examples),
      },
    },
  });
}

function exampleOf(name: ProblemName, status: number): Problem {
  const { title } = PROBLEMS[name];
  const problem = EXAMPLES[name] ?? new ProblemError(name, `${title}.`);
  return { ...problem.toProblem(TRACE_ID), status };
}
