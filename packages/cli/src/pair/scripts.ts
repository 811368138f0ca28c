import type { VrrpScript } from '@holdfast/config';
import { toSeconds } from '@holdfast/kit';
import { type Difference, differ, eachValue, type Finding, type PairNode } from './pair-node.ts';

const patience: Readonly<Record<string, (script: VrrpScript) => string>> = {
  interval: ({ interval }) => `${toSeconds(interval)} s`,
  timeout: ({ timeout }) => `${toSeconds(timeout)} s`,
  fall: ({ fall }) => String(fall),
  rise: ({ rise }) => String(rise),
  weight: ({ weight, weightReverse }) => `${weight}${weightReverse ? ' reverse' : ''}`,
};

/** Scripts of one name that are more patient on one router than on the other. */
export function scriptFindings(nodes: readonly PairNode[]): readonly Finding[] {
  const differences = scriptDifferences(nodes);
  const names = [...new Set(differences.map(({ about }) => about))];
  return names.map((about) => {
    const shown = differences
      .filter((difference) => difference.about === about)
      .map(({ property, values }) => `${property} ${eachValue(nodes, values)}`);
    return {
      code: 'pair-script-patience',
      severity: 'note',
      about,
      message: `it is not the same on all routers: ${shown.join('; ')}`,
      remedy: 'write the same interval, fall, rise and weight unless the machines differ',
    };
  });
}

export function scriptDifferences(nodes: readonly PairNode[]): readonly Difference[] {
  const names = new Set(nodes.flatMap(({ result }) => result.config.vrrpScripts.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const scripts = nodes.map(({ result }) => result.config.vrrpScripts.find((one) => one.name === name));
    return Object.entries(patience).flatMap(([property, value]) => {
      const values = scripts.map((script) => script && value(script));
      return differ(values) ? [{ about: `vrrp_script ${name}`, property, values }] : [];
    });
  });
}
