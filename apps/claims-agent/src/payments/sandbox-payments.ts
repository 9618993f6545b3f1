import type { Reason } from '@aika/contracts';
import { RetriableError, TerminalError } from '@aika/messaging';
import type { PayClaimRequest } from './pay-claim.effect.js';
import type { PaymentCall, PaymentOutcome, PaymentProvider } from './payments.port.js';

type Body = Readonly<Record<string, unknown>>;

/**
 * The payments sandbox over HTTP: `POST /payments` under an `Idempotency-Key`. 200 and 201 settled, 402
 * refused, 400 and 422 (the key belongs to another payment) never to be asked again; anything else leaves
 * the outcome unknown.
 */
export class SandboxPayments implements PaymentProvider {
  /** @param baseUrl such as `http://127.0.0.1:3190` */
  constructor(private readonly baseUrl: string) {}

  async pay(request: PayClaimRequest, call: PaymentCall): Promise<PaymentOutcome> {
    const response = await this.post(request, call);
    const body = await readBody(response);
    switch (response.status) {
      case 200:
      case 201:
        return settled(body);
      case 402:
        return { status: 'REFUSED', reason: refusalOf(body) };
      case 400:
      case 422:
        throw new TerminalError(
          'PAYMENT_REQUEST_INVALID',
          `The provider does not take it: ${detailOf(body)}`,
        );
      default:
        throw new RetriableError(UNKNOWN, `The provider answered ${response.status}: ${detailOf(body)}`);
    }
  }

  private async post(request: PayClaimRequest, call: PaymentCall): Promise<Response> {
    const { claimId, customerId, amount } = request;
    try {
      return await fetch(new URL('/payments', this.baseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': call.idempotencyKey },
        body: JSON.stringify({ claimId, customerId, amount }),
        // Followed, a redirect would send the order to somebody else or turn it into a GET.
        redirect: 'manual',
        signal: call.signal,
      });
    } catch (cause) {
      throw new RetriableError(UNKNOWN, 'The provider did not answer.', { cause });
    }
  }
}

const UNKNOWN = 'PAYMENT_OUTCOME_UNKNOWN';

/** @throws RetriableError when the connection broke within the answer: then it is asked for again */
async function readBody(response: Response): Promise<Body> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw new RetriableError(UNKNOWN, 'The provider broke off its answer.', { cause });
  }
  return parseObject(text);
}

/** The status decides; a body that is no JSON object (a proxy's page) only has nothing to add. */
function parseObject(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function settled({ providerReference }: Body): PaymentOutcome {
  if (typeof providerReference === 'string' && providerReference !== '') {
    return { status: 'SETTLED', providerReference };
  }
  throw new RetriableError(UNKNOWN, 'The provider settled the payment but gave no reference.');
}

/** The provider's own word as a reason of ours: `ACCOUNT_CLOSED` becomes `account_closed`. */
function refusalOf(body: Body): Reason {
  const word = [body['reason'], body['code']].find((value) => typeof value === 'string') ?? '';
  const code = String(word)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 100);
  return { code: code || 'payment_refused', detail: detailOf(body).slice(0, 1000) };
}

function detailOf({ detail, title }: Body): string {
  const said = [detail, title].find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof said === 'string' ? said : 'The payment provider gave no details.';
}
