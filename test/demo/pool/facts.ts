import type { PoolName } from './cast.ts';

/** A real server as the kernel's table has it. */
export interface TableEntry {
  readonly server: string;
  readonly weight: number;
  /** Connections that are established. */
  readonly active: number;
}

/**
 * What the program that plays the story reports to the one that draws: a line of JSON each. They may run on different
 * kernels, so no fact tells a time of day; it happened when it is read.
 */
export type Fact =
  | { readonly kind: 'step'; readonly title: string }
  | { readonly kind: 'said'; readonly text: string; readonly tone: 'detail' | 'good' | 'bad' }
  | { readonly kind: 'table'; readonly pools: Readonly<Record<PoolName, readonly TableEntry[]>> }
  | {
      readonly kind: 'requests';
      readonly pool: PoolName;
      /** Who answered how many. */
      readonly answered: Readonly<Record<string, number>>;
      readonly lost: number;
    }
  /** The servers whose web service runs. */
  | { readonly kind: 'running'; readonly servers: readonly string[] }
  | {
      readonly kind: 'outcome';
      readonly name: string;
      readonly good: boolean;
      readonly seen: string;
      readonly answered: number;
      readonly lost: number;
      /** Microseconds. */
      readonly outage: number;
    };

/** A line as a fact; undefined for one that is none, such as a complaint of some program. */
export function readFact(line: string): Fact | undefined {
  if (!line.startsWith('{"kind":')) return undefined;
  try {
    const fact: Fact = JSON.parse(line);
    return fact;
  } catch {
    // A program that was ended in the middle of a line.
    return undefined;
  }
}
