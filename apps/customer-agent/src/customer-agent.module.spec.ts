import 'reflect-metadata';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { Test } from '@nestjs/testing';
import { catalogue } from '@aika/contracts';
import { MESSAGE_LOG } from '@aika/messaging/nest';
import { describe, expect, it } from '@jest/globals';
import { CustomerAgentModule } from './customer-agent.module.js';
import { customerAgent } from './customer.agent.js';

type ControllerClass = new () => object;
const controllers = Reflect.getMetadata('controllers', CustomerAgentModule) as ControllerClass[];

describe('the customer agent as a module', () => {
  it('can be wired', async () => {
    const app = await Test.createTestingModule({ imports: [CustomerAgentModule] })
      .overrideProvider(MESSAGE_LOG)
      .useValue({ close: () => Promise.resolve() })
      .compile();
    for (const controller of controllers) expect(app.get(controller)).toBeInstanceOf(controller);
    await app.close();
  });

  it('has one handler for every message of its manifest, and no other', () => {
    const handled = controllers.flatMap(patternsOf);
    expect(handled.sort()).toEqual(customerAgent.handles.map(({ type }) => type).sort());
  });

  it('handles every command and emits every event that the catalogue gives it', () => {
    const owned = catalogue.all().filter(({ owner }) => owner === customerAgent.id);
    const typesOf = (kind: string) => owned.filter((own) => own.kind === kind).map(({ type }) => type);
    const handled = customerAgent.handles.map(({ type }) => type);
    const emitted = customerAgent.emits.map(({ type }) => type);
    expect(handled).toEqual(expect.arrayContaining(typesOf('command')));
    expect(emitted).toEqual(expect.arrayContaining(typesOf('event')));
  });
});

function patternsOf({ prototype }: ControllerClass): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) =>
    typeof value === 'function' ? ((Reflect.getMetadata(PATTERN_METADATA, value) ?? []) as string[]) : [],
  );
}
