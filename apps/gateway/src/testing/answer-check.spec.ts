import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AnswerCheck } from './answer-check.js';

const document = JSON.parse(
  readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'),
) as OpenAPIObject;
const check = new AnswerCheck(document);

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json';
const line = {
  conversationId: 'conv-1',
  customerId: 'cust-1',
  status: 'open',
  openedAt: '2026-06-15T08:05:00Z',
  messageCount: 0,
  updatedAt: '2026-06-15T08:05:00Z',
  revision: 1,
};
const problem = {
  type: 'urn:aika:problem:not-found',
  title: 'There is nothing here',
  status: 404,
  detail: 'No resource has this address.',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

const broken = (status: number, body: unknown, contentType = JSON_TYPE, path = '/v1/conversations/conv-1') =>
  check.brokenRule({
    method: 'GET',
    path,
    status,
    contentType,
    text: body === undefined ? '' : JSON.stringify(body),
  });

describe('the check of answers against the document', () => {
  it('passes what the document says', () => {
    expect(broken(200, line)).toBeUndefined();
    expect(broken(304, undefined, '')).toBeUndefined();
    expect(broken(404, problem, PROBLEM_TYPE)).toBeUndefined();
    expect(broken(404, problem, PROBLEM_TYPE, '/nowhere?x=1')).toBeUndefined();
    expect(broken(200, { state: 'RUNNING' }, JSON_TYPE, '/health/ready')).toBeUndefined();
  });

  it.each([
    [
      'a field that is missing',
      broken(200, { ...line, customerId: undefined }),
      /required property 'customerId'/,
    ],
    ['a value of another form', broken(200, { ...line, openedAt: 'today' }), /date-time/],
    ['a status that is not said', broken(418, line), /the document says 200/],
    ['another media type', broken(200, line, 'text/plain'), /content type text\/plain/],
    ['an error that is no problem', broken(404, { message: 'no' }, JSON_TYPE), /content type/],
    ['a problem without its type', broken(404, { ...problem, type: 'x' }, PROBLEM_TYPE), /pattern/],
    ['a body where there is none', broken(304, line), /no body/],
    ['an unknown address with another answer', broken(404, { a: 1 }, JSON_TYPE, '/nowhere'), /content type/],
  ])('finds %s', (_name, rule, expected) => {
    expect(rule).toMatch(expected);
  });
});
