import type { Severity, VrrpInstance } from '@holdfast/config';
import { type Difference, differ, eachValue, type Finding, type PairNode } from './pair-node.ts';
import { routerFacts } from './router-facts.ts';
import type { RouterSet } from './router-sets.ts';

interface Agreement {
  readonly code: string;
  readonly severity: (members: readonly VrrpInstance[]) => Severity;
  readonly what: string;
  /** What must be the same. */
  readonly value: (instance: VrrpInstance) => string;
  /** How it is shown; the value itself by default. */
  readonly shown?: (instance: VrrpInstance) => string;
  readonly consequence: string;
  readonly remedy: string;
}

const fact = (name: string) => (instance: VrrpInstance) => routerFacts[name]?.(instance) ?? '';
const error = (): Severity => 'error';
const warning = (): Severity => 'warning';

/** What routers of one virtual router must agree on. */
const agreements: readonly Agreement[] = [
  {
    code: 'pair-virtual-router-id',
    severity: error,
    what: 'virtual_router_id',
    value: fact('virtual_router_id'),
    consequence: 'they do not hear each other, and both become master',
    remedy: 'write the same number in both files; names of instances do not matter',
  },
  {
    code: 'pair-version',
    severity: error,
    what: 'the version of VRRP',
    value: fact('version'),
    consequence: 'each drops the adverts of the other, and both become master',
    remedy: 'write the same version, or the same vrrp_version, in both files',
  },
  {
    code: 'pair-authentication',
    severity: error,
    what: 'authentication',
    value: ({ authentication }) => JSON.stringify(authentication),
    shown: fact('authentication'),
    consequence: 'each drops the adverts of the other, and both become master',
    remedy: 'write the same auth_type and auth_pass in both files',
  },
  {
    code: 'pair-advert-interval',
    // RFC 9568 §6.1: a backup of version 3 takes the master's interval over; one of version 2 drops the advert.
    severity: (members) => (members.some(({ version }) => version === 2) ? 'error' : 'note'),
    what: 'advert_int',
    value: fact('advert_int'),
    consequence:
      'with version 2 each drops the adverts of the other; with version 3 a backup waits as the master advertises',
    remedy: 'write the same advert_int in both files',
  },
  {
    code: 'pair-transport',
    severity: error,
    what: 'where adverts go to',
    value: fact('transport'),
    consequence: 'they do not hear each other, and both become master',
    remedy: 'use unicast_peer on all routers or on none, and one group',
  },
  {
    code: 'pair-addresses',
    severity: warning,
    what: 'virtual_ipaddress',
    value: fact('virtual_ipaddress'),
    consequence:
      'an address that only one of them has is gone while the other is master; keepalived drops such adverts',
    remedy: 'write the same addresses in both files',
  },
  {
    code: 'pair-excluded-addresses',
    severity: warning,
    what: 'virtual_ipaddress_excluded',
    value: fact('virtual_ipaddress_excluded'),
    consequence: 'an address that only one of them has is gone while the other is master',
    remedy: 'write the same addresses in both files',
  },
];

/** What of a virtual router does not go together. */
export function routerFindings(
  nodes: readonly PairNode[],
  { about, members }: RouterSet,
): readonly Finding[] {
  const present = members.flatMap((one) => one ?? []);
  const disagreements = agreements.flatMap(({ code, severity, what, value, shown, consequence, remedy }) => {
    if (!differ(members.map((one) => one && value(one)))) return [];
    const values = members.map((one) => one && (shown ?? value)(one));
    const told = differ(values) ? eachValue(nodes, values) : 'different';
    return {
      code,
      severity: severity(present),
      about,
      message: `${what} differs (${told}): ${consequence}`,
      remedy,
    };
  });
  return [
    ...absences(nodes, about, members),
    ...disagreements,
    ...unheard(nodes, about, members),
    ...election(nodes, about, members),
  ];
}

type Members = RouterSet['members'];

function absences(nodes: readonly PairNode[], about: string, members: Members): readonly Finding[] {
  const lacking = nodes.flatMap(({ name }, i) => (members[i] === undefined ? [name] : []));
  if (lacking.length === 0) return [];
  return [
    {
      code: 'pair-router-missing',
      severity: 'warning',
      about,
      message: `${lacking.join(', ')} ${lacking.length === 1 ? 'does' : 'do'} not take part in it: nobody takes over there`,
      remedy: 'add the instance, or leave it if this is meant',
    },
  ];
}

/** A peer that is not listed gets no adverts. */
function unheard(nodes: readonly PairNode[], about: string, members: Members): readonly Finding[] {
  return members.flatMap((sender, from) =>
    members.flatMap((receiver, to) => {
      const address = receiver?.sourceAddress;
      if (sender === undefined || from === to || address === undefined || sender.unicastPeers.length === 0)
        return [];
      if (sender.unicastPeers.some((peer) => peer.address === address)) return [];
      return [
        {
          code: 'pair-peer-missing',
          severity: 'error' as const,
          about,
          message: `${nodes[from]?.name} does not send to ${nodes[to]?.name}: ${address} is not among its peers, and both become master`,
          remedy: `add ${address} to unicast_peer of ${nodes[from]?.name}`,
        },
      ];
    }),
  );
}

function election(nodes: readonly PairNode[], about: string, members: Members): readonly Finding[] {
  const findings: Finding[] = [];
  const priorities = members.flatMap((one) => one?.priority ?? []);
  if (new Set(priorities).size < priorities.length)
    findings.push({
      code: 'pair-equal-priority',
      severity: 'error',
      about,
      message: `priorities are equal (${eachValue(
        nodes,
        members.map((one) => one && String(one.priority)),
      )}): the higher address of the interface decides`,
      remedy: 'give each router a priority of its own',
    });
  const states = members.map((one) => one?.initialState);
  const most = Math.max(...priorities);
  if (states.filter((state) => state === 'MASTER').length > 1)
    findings.push({
      code: 'pair-two-masters',
      severity: 'warning',
      about,
      message: 'more than one router has state MASTER: only the one with the highest priority stays it',
      remedy: 'write state BACKUP on the others',
    });
  else if (
    members.some((one) => one?.initialState === 'BACKUP' && one.priority === most) &&
    states.includes('MASTER')
  )
    findings.push({
      code: 'pair-state-against-priority',
      severity: 'warning',
      about,
      message: `the highest priority is that of a router with state BACKUP (${eachValue(
        nodes,
        members.map((one) => one && `${one.initialState} ${one.priority}`),
      )})`,
      remedy: 'give the router with state MASTER the highest priority',
    });
  return findings;
}

/** Everything in which the routers of a set differ, side by side. */
export const routerDifferences = ({ about, members }: RouterSet): readonly Difference[] =>
  Object.entries(routerFacts).flatMap(([property, value]) => {
    const values = members.map((one) => one && value(one));
    return differ(values) ? [{ about, property, values }] : [];
  });
