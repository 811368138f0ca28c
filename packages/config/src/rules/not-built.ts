import { reportAt } from '../build/context.ts';
import { headerAuthenticationIsNotBuilt } from './authentication.ts';
import type { InstanceRule } from './rule.ts';

const ipv6IsNotBuilt: InstanceRule = (instance, node, context) => {
  if (instance.family === 4) return instance;
  reportAt(context, node.statement, node.subject, {
    code: 'ipv6-not-in-effect',
    severity: 'warning',
    message: `vrrp_instance ${instance.name} serves IPv6, which is not in effect yet`,
    used: 'the instance is not run',
    remedy: 'run it with keepalived on another pair for now',
  });
  return context.keepsIdle ? instance : undefined;
};

/** What is read and judged like any other instance, and not run: these rules come last. */
export const notBuiltRules: readonly InstanceRule[] = [headerAuthenticationIsNotBuilt, ipv6IsNotBuilt];
