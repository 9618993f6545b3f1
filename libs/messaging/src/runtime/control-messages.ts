import { GiveUpParked, type MessageDefinition, RetryParked } from '@aika/contracts';

/** Commands to the runtime of any agent, from people; they have to name the agent. */
export const CONTROLS: readonly MessageDefinition[] = [RetryParked, GiveUpParked];

export function isControl({ type }: MessageDefinition): boolean {
  return CONTROLS.some((control) => control.type === type);
}
