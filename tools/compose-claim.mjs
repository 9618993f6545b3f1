/**
 * `node tools/compose-claim.mjs`: takes one claim through the containers of docker-compose.yml, which has to be up
 * (`docker compose up --wait`): quote, bind, first notice of loss, payment; then counts the bank's ledger. Exits 0
 * when the claim was paid once, and the amount that was approved.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const DAY_MS = 86_400_000;
const STEP_BOUND_MS = 60_000;
const customerId = `cust-${randomUUID()}`;
const daysAgo = (days) => new Date(Date.now() - days * DAY_MS).toISOString();

const TAIL = `aika-tail-${customerId}`;

/** Runs the command line inside the stack; its errors are shown as they come. */
function aika(options, ...args) {
  const run = ['compose', '--progress', 'quiet', 'run', '--rm', '--no-TTY', '--no-deps', ...options, 'aika'];
  return spawn('docker', [...run, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function send(type, payload) {
  const [code] = await once(aika([], 'send', type, JSON.stringify({ customerId, ...payload })), 'close');
  if (code !== 0) throw new Error(`${type} was not sent: exit code ${code}`);
  console.log(`sent ${type}`);
}

/** Everything about this customer as it is committed, kept so that nobody can be too late for a message. */
class Tail {
  #seen = [];
  #waiting = [];
  #process = aika(['--name', TAIL], 'tail', '--json', '--from-start', '--customer', customerId);

  constructor() {
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(JSON.parse(line)));
  }

  #take(envelope) {
    this.#seen.push(envelope);
    console.log(`  ${envelope.sourceAgentId}: ${envelope.messageType}`);
    this.#waiting.filter(({ type }) => type === envelope.messageType).forEach(({ found }) => found(envelope));
  }

  /** The payload of the first message of a type. @throws Error when none comes in a minute */
  async expect(type) {
    const seen = this.#seen.find(({ messageType }) => messageType === type);
    if (seen) return seen.payload;
    return new Promise((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`no ${type} within a minute`)), STEP_BOUND_MS);
      this.#waiting.push({
        type,
        found: ({ payload }) => {
          clearTimeout(bound);
          resolve(payload);
        },
      });
    });
  }

  /** Stops the container: the end of `docker compose run` alone would leave it running. */
  async close() {
    const closed = once(this.#process, 'close');
    spawn('docker', ['stop', '--time', '5', TAIL], { stdio: 'ignore' });
    await closed;
  }
}

/** What the bank has paid for a claim, asked from inside its container: no port has to be known. */
async function ledger(claimId) {
  const ask = `fetch('http://127.0.0.1:3190/ledger?claimId=${claimId}').then((r) => r.text()).then(console.log)`;
  const asked = spawn('docker', ['compose', 'exec', '--no-TTY', 'payments-sandbox', 'node', '-e', ask], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let answer = '';
  asked.stdout.setEncoding('utf8').on('data', (text) => (answer += text));
  await once(asked, 'close');
  return JSON.parse(answer);
}

async function claim(tail) {
  const motor = { district: 2, engine: '1-1.5l', driverAge: 41 };
  const takenOver = { effectiveFrom: daysAgo(120), bookTransfer: true };
  await send('CUSTOMER_ASSESSMENT_REQUEST', { purpose: 'QUOTE', product: 'MOTOR', motor, ...takenOver });
  const { quoteId } = await tail.expect('QUOTE_ISSUED');
  await send('ACCEPT_QUOTE', { quoteId });
  const { policyId } = await tail.expect('POLICY_BOUND');
  await send('FILE_CLAIM', {
    policyId,
    lossAt: daysAgo(2),
    reportedAt: daysAgo(0),
    cause: 'HAIL',
    estimatedLoss: { amount: 115_000, currency: 'GBP' },
    reporter: 'policyholder',
  });
  const { payable } = await tail.expect('CLAIM_APPROVED');
  const { claimId, amount } = await tail.expect('CLAIM_PAID');
  await tail.expect('CLAIM_CLOSED');
  const paid = await ledger(claimId);
  console.log(`approved ${payable.amount}, paid ${amount.amount}; the bank: ${JSON.stringify(paid)}`);
  return paid.count === 1 && paid.total.GBP === payable.amount && amount.amount === payable.amount;
}

const tail = new Tail();
try {
  process.exitCode = (await claim(tail)) ? 0 : 1;
} finally {
  await tail.close();
}
