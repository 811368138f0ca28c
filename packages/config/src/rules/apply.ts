import type { Context } from '../build/context.ts';
import type { Node } from '../parser/node.ts';
import type { VrrpInstance } from '../types.ts';
import { authenticationRules } from './authentication.ts';
import { electionRules } from './election.ts';
import { notBuiltRules } from './not-built.ts';
import type { InstanceRule } from './rule.ts';
import { strictRules } from './strict.ts';
import { transportRules } from './transport.ts';

/** Order counts: what strict mode forces is judged first, what is left of the values afterwards. */
const rules: readonly InstanceRule[] = [
  ...strictRules,
  ...authenticationRules,
  ...electionRules,
  ...transportRules,
  ...notBuiltRules,
];

/** Holds an instance against every cross-keyword rule. @returns it corrected; `undefined` when it cannot run */
export function applyRules(context: Context, node: Node, draft: VrrpInstance): VrrpInstance | undefined {
  let instance: VrrpInstance | undefined = draft;
  for (const rule of rules) {
    if (instance === undefined) return undefined;
    instance = rule(instance, node, context);
  }
  return instance;
}
