import { simulate, simulateControls } from '@aika/messaging/simulation';

/** What the parent asks for. */
export interface SimulationOrder {
  readonly crashPoints: number;
  readonly seed: number;
  readonly controls: boolean;
}

/** What this process tells its parent. */
export type SimulationNews =
  | { readonly kind: 'progress'; readonly crashPoints: number }
  | { readonly kind: 'simulated'; readonly report: Awaited<ReturnType<typeof simulate>> }
  | { readonly kind: 'controls'; readonly reports: Awaited<ReturnType<typeof simulateControls>> };

/** A process of its own, because a simulation makes the timers and the clock of its process virtual. */
async function work({ crashPoints, seed, controls }: SimulationOrder): Promise<void> {
  const tell = (news: SimulationNews): void => void process.send?.(news);
  if (controls) return tell({ kind: 'controls', reports: await simulateControls({ seed }) });
  const onProgress = (report: { readonly crashPoints: number }): void =>
    tell({ kind: 'progress', crashPoints: report.crashPoints });
  tell({ kind: 'simulated', report: await simulate({ crashPoints, seed, onProgress }) });
}

process.once('message', (order: SimulationOrder) => {
  void work(order).then(() => process.disconnect());
});
