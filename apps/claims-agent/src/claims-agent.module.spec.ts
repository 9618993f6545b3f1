import 'reflect-metadata';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { Test, type TestingModule } from '@nestjs/testing';
import { catalogue } from '@aika/contracts';
import { MESSAGE_LOG } from '@aika/messaging/nest';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimDecisionController } from './claim-decision.controller.js';
import { ClaimIntakeController } from './claim-intake.controller.js';
import { CLAIM_SETTLEMENT } from './claim-settlement.saga.js';
import { ClaimsAgentModule } from './claims-agent.module.js';
import { claimsAgent } from './claims.agent.js';
import { PaymentController } from './payments/payment.controller.js';
import { PAYMENT_PROVIDER } from './payments/payments.port.js';
import { SandboxPayments } from './payments/sandbox-payments.js';

const controllers = [ClaimIntakeController, ClaimDecisionController, PaymentController];

describe('the claims agent as a module', () => {
  let app: TestingModule;

  beforeAll(async () => {
    app = await Test.createTestingModule({ imports: [ClaimsAgentModule] })
      .overrideProvider(MESSAGE_LOG)
      .useValue({ close: () => Promise.resolve() })
      .compile();
  });
  afterAll(() => app.close());

  it('wires its controllers, its saga and the payment provider', () => {
    for (const controller of controllers) expect(app.get(controller)).toBeInstanceOf(controller);
    expect(app.get(CLAIM_SETTLEMENT)).toMatchObject({ name: 'claim-settlement' });
    expect(app.get(PAYMENT_PROVIDER)).toBeInstanceOf(SandboxPayments);
  });

  it('has one handler for every message of its manifest, and no other', () => {
    const handled = controllers.flatMap(patternsOf);
    expect(handled.sort()).toEqual(claimsAgent.handles.map(({ type }) => type).sort());
  });

  it('handles every command and emits every event that the catalogue gives it', () => {
    const owned = (kind: string) =>
      catalogue.all().flatMap((d) => (d.owner === claimsAgent.id && d.kind === kind ? [d.type] : []));
    const handled = claimsAgent.handles.map(({ type }) => type);
    const emitted = claimsAgent.emits.map(({ type }) => type);
    expect(handled).toEqual(expect.arrayContaining(owned('command')));
    expect(emitted).toEqual(expect.arrayContaining(owned('event')));
  });
});

function patternsOf({ prototype }: { readonly prototype: object }): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) =>
    typeof value === 'function' ? ((Reflect.getMetadata(PATTERN_METADATA, value) ?? []) as string[]) : [],
  );
}
