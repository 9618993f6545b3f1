export type { FaultOutcome, OperationName, PlannedFault } from './fault.js';
export type { Finding, FindingKind } from './findings.js';
export type { FiredFault, RunFault } from './simulated-run.js';
export {
  type ControlReport,
  simulate,
  simulateControls,
  type SimulationOptions,
  type SimulationReport,
  type Violation,
} from './simulation.js';
