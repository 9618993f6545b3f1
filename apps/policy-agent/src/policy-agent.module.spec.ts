import 'reflect-metadata';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { Test } from '@nestjs/testing';
import { catalogue } from '@aika/contracts';
import { MESSAGE_LOG } from '@aika/messaging/nest';
import { describe, expect, it } from '@jest/globals';
import { PolicyAgentModule } from './policy-agent.module.js';
import { policyAgent } from './policy.agent.js';

type ControllerClass = new () => object;
const controllers = Reflect.getMetadata('controllers', PolicyAgentModule) as ControllerClass[];

describe('the policy agent as a module', () => {
  it('can be wired', async () => {
    const app = await Test.createTestingModule({ imports: [PolicyAgentModule] })
      .overrideProvider(MESSAGE_LOG)
      .useValue({ close: () => Promise.resolve() })
      .compile();
    for (const controller of controllers) expect(app.get(controller)).toBeInstanceOf(controller);
    await app.close();
  });

  it('has one handler for every message of its manifest, and no other', () => {
    const handled = controllers.flatMap(patternsOf);
    expect(handled.sort()).toEqual(policyAgent.handles.map(({ type }) => type).sort());
  });

  it('handles every command and emits every event that the catalogue gives it', () => {
    const owned = catalogue.all().filter(({ owner }) => owner === policyAgent.id);
    const typesOf = (kind: string) => owned.filter((own) => own.kind === kind).map(({ type }) => type);
    const handled = policyAgent.handles.map(({ type }) => type);
    const emitted = policyAgent.emits.map(({ type }) => type);
    expect(handled).toEqual(expect.arrayContaining(typesOf('command')));
    expect(emitted).toEqual(expect.arrayContaining(typesOf('event')));
  });
});

function patternsOf({ prototype }: ControllerClass): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) =>
    typeof value === 'function' ? ((Reflect.getMetadata(PATTERN_METADATA, value) ?? []) as string[]) : [],
  );
}
