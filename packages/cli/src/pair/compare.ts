import type { Difference, Finding, PairNode } from './pair-node.ts';
import { poolDifferences, poolFindings } from './pools.ts';
import { routerSets } from './router-sets.ts';
import { routerDifferences, routerFindings } from './routers.ts';
import { scriptDifferences, scriptFindings } from './scripts.ts';
import { syncGroupFindings } from './sync-groups.ts';
import { weightFindings } from './weights.ts';

export interface Comparison {
  readonly findings: readonly Finding[];
  readonly differences: readonly Difference[];
}

/** Holds the configurations of routers that back each other up against each other. */
export function compare(nodes: readonly PairNode[]): Comparison {
  const sets = routerSets(nodes);
  return {
    findings: [
      ...unreadable(nodes),
      ...sets.flatMap((set) => [...routerFindings(nodes, set), ...weightFindings(nodes, set)]),
      ...scriptFindings(nodes),
      ...syncGroupFindings(nodes, sets),
      ...poolFindings(nodes),
    ],
    differences: [...sets.flatMap(routerDifferences), ...scriptDifferences(nodes), ...poolDifferences(nodes)],
  };
}

/** What is lost to errors of a file cannot be compared. */
const unreadable = (nodes: readonly PairNode[]): readonly Finding[] =>
  nodes.flatMap(({ name, path, result }) => {
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error').length;
    if (errors === 0) return [];
    return [
      {
        code: 'pair-file-with-errors',
        severity: 'error' as const,
        about: name,
        message: `the file has ${errors} error${errors === 1 ? '' : 's'} of its own: only what is left of it is compared`,
        remedy: `holdfast check ${path}`,
      },
    ];
  });
