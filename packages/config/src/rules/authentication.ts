import { reportAt } from '../build/context.ts';
import { nodeOf, nodesOf, readValue } from '../build/read.ts';
import { authenticationRows, vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import { type InstanceRule, reportKeyword } from './rule.ts';

/** Authentication went with RFC 3768; version 3 and strict mode have none. */
const authenticationOnlyInVersion2: InstanceRule = (instance, node, context) => {
  if (instance.version === 2 && !instance.strict) return instance;
  if (typeOf(node) === undefined) return instance;
  const why =
    instance.version === 3 ? 'version 3 has no authentication' : 'strict mode allows no authentication';
  reportKeyword(context, node, rows.authentication, {
    code: 'authentication-dropped',
    message: why,
    used: 'the instance runs without it',
    remedy: instance.version === 3 ? 'remove the authentication block' : 'remove the block, or vrrp_strict',
  });
  return { ...instance, authentication: { type: 'none' } };
};

/** Without its authentication the instance would not be heard, and would believe itself alone: it is not run. */
export const headerAuthenticationIsNotBuilt: InstanceRule = (instance, node, context) => {
  if (typeOf(node) !== 'AH' || instance.version === 3 || instance.strict) return instance;
  reportKeyword(context, node, rows.authentication, {
    code: 'ah-not-in-effect',
    severity: 'warning',
    message: 'auth_type AH is not in effect yet',
    used: 'the instance is not run, as its routers would not hear each other',
    remedy: 'use auth_type PASS on all routers',
  });
  return undefined;
};

const passwordIsNeeded: InstanceRule = (instance, node, context) => {
  const needed = typeOf(node) !== undefined && instance.version === 2 && !instance.strict;
  if (!needed || passwordOf(node) !== undefined) return instance;
  if (context.reporter.blame(node.subject, 'authentication', 'harmless')) return instance;
  const missing = {
    code: 'password-missing',
    used: 'the instance runs without authentication',
    reload: 'refuse-if-lost',
  } as const;
  const type = nodeOf(blocksOf(node), authenticationRows.auth_type);
  const word = type?.statement.words.findIndex(({ text }) => text === 'auth_pass') ?? -1;
  if (type === undefined || word < 0)
    reportKeyword(context, node, rows.authentication, {
      ...missing,
      message: 'authentication has no auth_pass',
      remedy: 'add auth_pass, the same on all routers, or remove the block',
    });
  else
    reportAt(context, type.statement, node.subject, {
      ...missing,
      word,
      property: 'authentication',
      message: 'authentication has no auth_pass: behind auth_type on the same line it is ignored',
      remedy: 'put auth_pass on a line of its own',
    });
  return instance;
};

const typeOf = (node: Node): string | undefined => readValue(blocksOf(node), authenticationRows.auth_type);
const passwordOf = (node: Node): string | undefined =>
  readValue(blocksOf(node), authenticationRows.auth_pass);

const blocksOf = (node: Node): Pick<Node, 'children'> => ({
  children: nodesOf(node, rows.authentication).flatMap((block) => block.children),
});

export const authenticationRules: readonly InstanceRule[] = [authenticationOnlyInVersion2, passwordIsNeeded];
