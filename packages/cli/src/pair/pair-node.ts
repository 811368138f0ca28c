import type { ParseResult, Severity } from '@holdfast/config';

/** One of the routers that back each other up. */
export interface PairNode {
  /** How it is called in the report: its file, with the config id where that is the same one. */
  readonly name: string;
  readonly path: string;
  readonly result: Pick<ParseResult, 'config' | 'diagnostics' | 'syncGroups'>;
}

/** What does not go together, or is good to know, between routers. */
export interface Finding {
  /** Stable, in kebab-case, with `pair-` in front. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: `virtual router 51`, `[10.0.0.1]:tcp:80`, `vrrp_script chk`. */
  readonly about: string;
  readonly message: string;
  readonly remedy: string;
}

/** A property that differs, with its value on every node; `undefined`: the node does not have the object. */
export interface Difference {
  readonly about: string;
  readonly property: string;
  readonly values: readonly (string | undefined)[];
}

/** Names and values as a sentence has them: `A: 51, B: 52`. */
export const eachValue = (nodes: readonly PairNode[], values: readonly (string | undefined)[]): string =>
  nodes.map(({ name }, i) => `${name}: ${values[i] ?? 'none'}`).join(', ');

/** Whether values differ, those of nodes that lack the object left out. */
export const differ = (values: readonly (string | undefined)[]): boolean =>
  new Set(values.filter((value) => value !== undefined)).size > 1;
