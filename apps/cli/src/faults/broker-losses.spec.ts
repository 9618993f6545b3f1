import { describe, expect, it } from '@jest/globals';
import { brokerLosses } from './broker-losses.js';

const leads = (time: string, partition: string, highWatermark: number): string =>
  `${time} INFO  [Broker id=2] Leader ${partition} with topic id Some(x) starts at leader epoch 2 from offset 90 with partition epoch 18, high watermark ${highWatermark}, ISR [2], adding replicas [] (logger)`;
const follows = (time: string, partition: string, highWatermark: number): string =>
  `${time} INFO  [Broker id=1] Follower ${partition} starts at leader epoch 2 from offset 90 with partition epoch 18 and high watermark ${highWatermark}. Current leader is 2. (logger)`;
const cuts = (time: string, partition: string, offset: number): string =>
  `${time} INFO  [UnifiedLog partition=${partition}, dir=/data/node-1] Truncating to offset ${offset} (UnifiedLog)`;

const losses = (...logs: (readonly string[])[]) =>
  brokerLosses(new Map(logs.map((lines, n) => [`broker-${n + 1}`, lines.join('\n')])));

describe('what brokers have lost', () => {
  it('is what they cut off below a high watermark, whichever of them told it', () => {
    expect(
      losses(
        [follows('T10:00:01.000', 'ns.events-0', 70), cuts('T10:00:03.000', 'ns.events-0', 84)],
        [leads('T10:00:02.000', 'ns.events-0', 90)],
      ),
    ).toEqual([
      {
        broker: 'broker-1',
        partition: 'ns.events-0',
        time: 'T10:00:03.000',
        from: 84,
        highWatermark: 90,
      },
    ]);
  });

  it('is nothing when they cut off what was never acknowledged', () => {
    expect(
      losses(
        [leads('T10:00:01.000', 'ns.events-0', 70), cuts('T10:00:03.000', 'ns.events-0', 70)],
        [leads('T10:00:04.000', 'ns.events-0', 90), cuts('T10:00:02.000', 'ns.state.risk-1', 3)],
      ),
    ).toEqual([]);
  });
});
