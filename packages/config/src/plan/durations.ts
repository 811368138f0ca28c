import type { Micros } from '@holdfast/kit';
import type { CheckPace, CheckTarget, VirtualServer } from '../lvs-types.ts';
import type { GarpSettings, GlobalConfig, VrrpInstance, VrrpScript } from '../types.ts';

type DurationsOf<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends Micros ? K & string : never;
}[keyof T];

type Path =
  | DurationsOf<GlobalConfig>
  | DurationsOf<VrrpInstance>
  | DurationsOf<VrrpScript>
  | DurationsOf<VirtualServer>
  | `garp.${DurationsOf<GarpSettings>}`
  | `pace.${DurationsOf<CheckPace>}`
  | `target.${DurationsOf<CheckTarget>}`;

/** Every property that is a time in microseconds; the compiler sees to it that none is missing. */
const paths: Readonly<Record<Path, true>> = {
  vrrpStartupDelay: true,
  childWaitTime: true,
  garpInterval: true,
  advertInterval: true,
  preemptDelay: true,
  interval: true,
  timeout: true,
  delayLoop: true,
  'garp.masterDelay': true,
  'garp.masterRefresh': true,
  'garp.lowerPriorityDelay': true,
  'pace.delayLoop': true,
  'pace.delayBeforeRetry': true,
  'pace.warmup': true,
  'target.connectTimeout': true,
};

/** Whether the value at this path of an object of the configuration is a time in microseconds. */
export const isDuration = (path: string): boolean => Object.hasOwn(paths, path);
