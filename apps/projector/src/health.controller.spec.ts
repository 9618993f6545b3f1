import { describe, expect, it } from '@jest/globals';
import type { ServiceState } from '@aika/messaging';
import { HealthController } from './health.controller.js';
import type { Projector } from './projector.js';

const health = (state: ServiceState) =>
  new HealthController({ status: () => ({ state }) } as unknown as Projector);

describe('the health of the projector', () => {
  it('is ready only while it brings records into the views', () => {
    expect(health('RUNNING').ready()).toEqual({ state: 'RUNNING' });
    expect(() => health('STARTING').ready()).toThrow();
    expect(() => health('STOPPED').ready()).toThrow();
  });

  it('is alive while it waits for the database, and not when it has stopped', () => {
    expect(health('STARTING').live()).toEqual({ state: 'STARTING' });
    expect(() => health('STOPPED').live()).toThrow();
  });
});
