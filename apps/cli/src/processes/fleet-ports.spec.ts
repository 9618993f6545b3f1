import { describe, expect, it } from '@jest/globals';
import { fleetPorts } from './fleet-ports.js';

describe('the ports of the local fleet', () => {
  it('have defaults', () => {
    expect(fleetPorts({})).toEqual({ agents: [3101, 3102, 3103, 3104], payments: 3190 });
  });

  it('come from the environment', () => {
    const env = { AIKA_AGENT_PORTS: '4101, 4102,4103,4104', AIKA_PAYMENTS_PORT: '4290' };
    expect(fleetPorts(env)).toEqual({ agents: [4101, 4102, 4103, 4104], payments: 4290 });
  });

  it.each(['1,2,3', '1,1,2,3', '1,2,3,x', '1,2,3,70000'])(
    'are refused with the name of the setting: %s',
    (text) => {
      expect(() => fleetPorts({ AIKA_AGENT_PORTS: text })).toThrow(
        /AIKA_AGENT_PORTS must be 4 different ports/,
      );
    },
  );
});
