/** What the lines are about. */
export interface ApiHintsOptions {
  /** Such as `http://127.0.0.1:3100`. */
  readonly gatewayUrl: string;
  readonly customerId: string;
  readonly claimId: string;
  /** Of the quote that is asked for; the same key is the same quote. */
  readonly idempotencyKey: string;
  /** Flag of `curl` that shows who it is, with a blank after it, where the gateway asks. */
  readonly login?: string;
}

/** A line for a shell, and what it does. */
export interface ApiHint {
  readonly does: string;
  readonly line: string;
}

/** Three lines for a shell that show what the API does: ask, read, follow. */
export function apiHints(options: ApiHintsOptions): readonly ApiHint[] {
  const { gatewayUrl, customerId, claimId, idempotencyKey, login = '' } = options;
  const driver = { district: 2, engine: '1-1.5l', driverAge: 41 };
  const quote = JSON.stringify({ customerId, motor: driver });
  return [
    {
      does: 'ask for a quote and wait for it; the same line again gives the same quote, another key a new one',
      line:
        `curl -sS -w '\\n' ${gatewayUrl}/v1/quotes ${login}-H 'content-type: application/json' -H 'prefer: wait=5' ` +
        `-H 'idempotency-key: ${idempotencyKey}' -d '${quote}'`,
    },
    {
      does: 'read the claim of the last story',
      line: `curl -sS -w '\\n' ${login}${gatewayUrl}/v1/claims/${claimId}`,
    },
    {
      does: 'follow its customer live until Ctrl-C; the first line with another key is seen here',
      line: `curl -sSN ${login}'${gatewayUrl}/v1/stream?customer=${customerId}'`,
    },
  ];
}

/**
 * The lines with where the API is, for a terminal.
 *
 * @param isEnding the gateway stops now
 */
export function apiHintsText(options: ApiHintsOptions, isEnding = false): string {
  const { gatewayUrl } = options;
  const subject = isEnding ? 'While it runs (npm start without --once), the' : 'The';
  return [
    `${subject} API is at ${gatewayUrl}, its documentation at ${gatewayUrl}/docs. To paste into another terminal:`,
    ...apiHints(options).map(({ does, line }) => `\n  ${does}\n    ${line}`),
  ].join('\n');
}
