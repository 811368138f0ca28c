import type { Micros } from '@holdfast/kit';
import type { RouterName, Story } from '../story/types.ts';
import type { Host } from '../world/host.ts';
import type { Lan } from '../world/lan.ts';
import type { Observation } from '../world/observation.ts';

/** What must hold in every story whatsoever. No check knows which story runs. */
export interface Check {
  observe(observation: Observation): void;
  /** The story is over. */
  finish(at: Micros): void;
}

export interface Violation {
  /** The name of the rule. */
  readonly rule: string;
  readonly at: Micros;
  readonly router: RouterName;
  /** What was expected, and what happened instead. */
  readonly text: string;
}

export type Report = (violation: Violation) => void;

/** What checks may look at besides the observations. */
export interface View {
  readonly story: Story;
  readonly hosts: ReadonlyMap<RouterName, Host>;
  readonly lan: Lan;
}
