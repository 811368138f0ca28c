import { inNetwork, isMulticast, parseAddress } from '@holdfast/kit';
import type { Chain, Condition, Field, Packet, Rule } from './model.ts';

/** Where an advert ends. */
export interface Dropped {
  readonly chain: Chain;
  /** Undefined: no rule took it, and the chain's policy is to drop. */
  readonly rule: Rule | undefined;
}

type Belief = 'yes' | 'no' | 'maybe';
type Fate = { readonly kind: 'accepted' | 'passed' } | ({ readonly kind: 'dropped' } & Dropped);

/** Deeper jumps are a loop, which no kernel accepts. */
const deepest = 16;

/**
 * Whether the rules certainly drop a packet. In doubt they do not: a condition that is not understood lets an accepting
 * rule accept and a dropping rule pass.
 */
export function droppedBy(packet: Packet, chains: readonly Chain[]): Dropped | undefined {
  const passed = chains
    .filter(({ hook, families }) => hook === packet.hook && families.includes(packet.family))
    .toSorted((a, b) => a.priority - b.priority);
  for (const chain of passed) {
    const fate = fateIn(chain, packet, chains, 0);
    if (fate.kind === 'dropped') return { chain: fate.chain, rule: fate.rule };
    if (fate.kind === 'passed' && chain.policy === 'drop') return { chain, rule: undefined };
  }
  return undefined;
}

function fateIn(chain: Chain, packet: Packet, chains: readonly Chain[], depth: number): Fate {
  for (const rule of chain.rules) {
    const belief = all(rule.conditions.map((condition) => holds(condition, packet)));
    if (belief === 'no') continue;
    const { verdict } = rule;
    if (verdict.kind === 'accept') return { kind: 'accepted' };
    if (verdict.kind === 'drop' && belief === 'yes') return { kind: 'dropped', chain, rule };
    if (verdict.kind === 'return' && belief === 'yes') return { kind: 'passed' };
    if (verdict.kind !== 'jump' && verdict.kind !== 'goto') continue;
    const target = chains.find(({ id }) => id === verdict.to);
    const fate: Fate =
      target === undefined || depth === deepest
        ? { kind: 'passed' }
        : fateIn(target, packet, chains, depth + 1);
    if (fate.kind === 'accepted' || (fate.kind === 'dropped' && belief === 'yes')) return fate;
    if (verdict.kind === 'goto' && belief === 'yes') return { kind: 'passed' };
  }
  return { kind: 'passed' };
}

const all = (beliefs: readonly Belief[]): Belief =>
  beliefs.includes('no') ? 'no' : beliefs.includes('maybe') ? 'maybe' : 'yes';

function holds({ field, negated, values }: Condition, packet: Packet): Belief {
  if (field === 'other') return 'maybe';
  const beliefs = values.map((value) => isValue[field](value, packet));
  const found = beliefs.includes('yes') ? 'yes' : beliefs.includes('maybe') ? 'maybe' : 'no';
  if (!negated || found === 'maybe') return found;
  return found === 'yes' ? 'no' : 'yes';
}

const said = (isSo: boolean): Belief => (isSo ? 'yes' : 'no');

const isValue: Readonly<Record<Exclude<Field, 'other'>, (value: string, packet: Packet) => Belief>> = {
  protocol: (value) => said(value === '112'),
  in: (value, packet) => said(packet.hook === 'input' && isName(value, packet.interface)),
  out: (value, packet) => said(packet.hook === 'output' && isName(value, packet.interface)),
  source: (value, { source }) => (source === undefined ? 'maybe' : within(source, value)),
  destination: (value, { destination }) => within(destination, value),
  family: (value, { family }) => said(value === String(family)),
  // Connection tracking has seen none of the packets before: none was answered.
  state: (value) => said(value === 'new'),
  kind: (value, { destination }) => {
    const to = parseAddress(destination);
    return said(value === (to !== undefined && isMulticast(to) ? 'multicast' : 'host'));
  },
};

const isName = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Whether an address, or all addresses of a network, lie in another network. */
function within(inner: string, outer: string): Belief {
  const [a, b] = [network(inner), network(outer)];
  if (a === undefined || b === undefined) return 'maybe';
  if (a.length >= b.length && inNetwork(a.address, b.address, b.length)) return 'yes';
  return a.length < b.length && inNetwork(b.address, a.address, a.length) ? 'maybe' : 'no';
}

function network(text: string) {
  const [written = '', length] = text.split('/');
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  return { address, length: length === undefined ? (address.includes(':') ? 128 : 32) : Number(length) };
}
