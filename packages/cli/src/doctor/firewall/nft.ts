import { z } from 'zod';
import type { Chain, Condition, Rule, Verdict } from './model.ts';

const chainSchema = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  type: z.string().optional(),
  hook: z.string().optional(),
  prio: z.number().optional(),
  policy: z.string().optional(),
});
const ruleSchema = z.object({
  family: z.string(),
  table: z.string(),
  chain: z.string(),
  handle: z.number(),
  expr: z.array(z.record(z.string(), z.unknown())),
});
const setSchema = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  elem: z.array(z.unknown()).default([]),
});
const ruleset = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });
const target = z.object({ target: z.string() });

type Sets = ReadonlyMap<string, readonly unknown[]>;
type ReadRule = z.infer<typeof ruleSchema>;

const families: Readonly<Record<string, readonly (4 | 6)[]>> = {
  ip: [4],
  ip6: [6],
  inet: [4, 6],
  netdev: [4, 6],
};
const hooks: Readonly<Record<string, 'input' | 'output'>> = {
  ingress: 'input',
  prerouting: 'input',
  input: 'input',
  egress: 'output',
  output: 'output',
  postrouting: 'output',
};

/** Reads what `nft -j list ruleset` prints; libnftables-json(5). What is of another form is left out. */
export function nftChains(text: string): readonly Chain[] {
  const parsed = ruleset.safeParse(jsonOf(text));
  const entries = parsed.success ? parsed.data.nftables : [];
  const those = <T>(key: string, schema: z.ZodType<T>): readonly T[] =>
    entries.flatMap((entry) => {
      const read = schema.safeParse(entry[key]);
      return read.success ? [read.data] : [];
    });
  const sets: Sets = new Map(
    those('set', setSchema).map((set) => [`${set.family} ${set.table} @${set.name}`, set.elem]),
  );
  const rules = those('rule', ruleSchema);
  return those('chain', chainSchema).flatMap((chain) => {
    const { family, table, name } = chain;
    const here = families[family];
    if (here === undefined || chain.type === 'nat') return [];
    const hook = hooks[chain.hook ?? ''];
    const own = rules.filter((rule) => rule.family === family && rule.table === table && rule.chain === name);
    return {
      listing: `nft -a list chain ${family} ${table} ${name}`,
      id: `nft ${family} ${table} ${name}`,
      families: here,
      ...(hook === undefined ? {} : { hook }),
      priority: stage(chain.hook) + (chain.prio ?? 0),
      policy: chain.policy === 'drop' ? 'drop' : 'accept',
      rules: own.map((rule) => ruleOf(rule, sets)),
    };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A packet passes the hooks one after the other, whatever their chains' priorities are. */
const stage = (hook = ''): number => (stages[hook] ?? 0) * 1e6;
const stages: Readonly<Record<string, number>> = {
  prerouting: 1,
  input: 2,
  output: 1,
  postrouting: 2,
  egress: 3,
};

function ruleOf(rule: ReadRule, sets: Sets): Rule {
  const { family, table, chain, handle } = rule;
  const where = `${family} ${table}`;
  const conditions = rule.expr.flatMap((part) => {
    const [key = '', value] = Object.entries(part)[0] ?? [];
    return key === 'match' ? [conditionOf(value, sets, where)] : harmless.has(key) ? [] : [unknownCondition];
  });
  const verdict = rule.expr.map((part) => verdictOf(part, where)).find(({ kind }) => kind !== 'none');
  return {
    removal: `nft delete rule ${where} ${chain} handle ${handle}`,
    conditions,
    verdict: verdict ?? { kind: 'none' },
  };
}

const unknownCondition: Condition = { field: 'other', negated: false, values: [] };
/** Statements that decide nothing, and verdicts. */
const harmless: ReadonlySet<string> = new Set([
  ...['counter', 'log', 'comment', 'mangle', 'notrack'],
  ...['accept', 'drop', 'reject', 'return', 'jump', 'goto', 'continue'],
]);

function verdictOf(part: Readonly<Record<string, unknown>>, where: string): Verdict {
  if ('accept' in part) return { kind: 'accept' };
  if ('drop' in part || 'reject' in part) return { kind: 'drop' };
  if ('return' in part) return { kind: 'return' };
  for (const kind of ['jump', 'goto'] as const) {
    const read = target.safeParse(part[kind]);
    if (read.success) return { kind, to: `nft ${where} ${read.data.target}` };
  }
  return { kind: 'none' };
}

const match = z.object({ op: z.string(), left: z.unknown(), right: z.unknown() });
const meta = z.object({ meta: z.object({ key: z.string() }) });
const payload = z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) });
const conntrack = z.object({ ct: z.object({ key: z.string() }) });

function conditionOf(value: unknown, sets: Sets, where: string): Condition {
  const read = match.safeParse(value);
  if (!read.success || !['==', '!=', 'in'].includes(read.data.op)) return unknownCondition;
  const negated = read.data.op === '!=';
  const fixed = impossible(read.data.left);
  if (fixed !== undefined) return { ...fixed, negated: false };
  const field = fieldOf(read.data.left);
  if (field === undefined) return unknownCondition;
  const values = valuesOf(read.data.right, sets, where);
  return values === undefined ? unknownCondition : { field, negated, values: values.map(spelling(field)) };
}

/** A field of another protocol's header: the packet would have to be of that protocol. */
function impossible(left: unknown): Omit<Condition, 'negated'> | undefined {
  const read = payload.safeParse(left);
  if (!read.success) return undefined;
  const { protocol } = read.data.payload;
  return ['ip', 'ip6', 'ether'].includes(protocol) ? undefined : { field: 'protocol', values: [protocol] };
}

function fieldOf(left: unknown): Condition['field'] | undefined {
  const key = meta.safeParse(left);
  if (key.success) return metaFields[key.data.meta.key];
  const header = payload.safeParse(left);
  if (header.success && header.data.payload.protocol !== 'ether')
    return headerFields[header.data.payload.field];
  const state = conntrack.safeParse(left);
  return state.success && state.data.ct.key === 'state' ? 'state' : undefined;
}

const metaFields: Readonly<Record<string, Condition['field']>> = {
  l4proto: 'protocol',
  iifname: 'in',
  iif: 'in',
  oifname: 'out',
  oif: 'out',
  nfproto: 'family',
  pkttype: 'kind',
};
const headerFields: Readonly<Record<string, Condition['field']>> = {
  protocol: 'protocol',
  nexthdr: 'protocol',
  saddr: 'source',
  daddr: 'destination',
};

const listed = z.object({ set: z.array(z.unknown()) });
const prefix = z.object({ prefix: z.object({ addr: z.string(), len: z.number() }) });
const element = z.object({ elem: z.object({ val: z.unknown() }) });

/** @returns undefined when a value is none that is known here, such as a range */
function valuesOf(right: unknown, sets: Sets, where: string): readonly string[] | undefined {
  if (typeof right === 'number') return [String(right)];
  if (typeof right === 'string') {
    if (!right.startsWith('@')) return [right];
    const named = sets.get(`${where} ${right}`);
    return named === undefined ? undefined : valuesOf(named, sets, where);
  }
  const network = prefix.safeParse(right);
  if (network.success) return [`${network.data.prefix.addr}/${network.data.prefix.len}`];
  const wrapped = element.safeParse(right);
  if (wrapped.success) return valuesOf(wrapped.data.elem.val, sets, where);
  const set = listed.safeParse(right);
  const members: unknown = set.success ? set.data.set : right;
  if (!Array.isArray(members)) return undefined;
  const read = members.map((member: unknown) => valuesOf(member, sets, where));
  return read.includes(undefined) ? undefined : read.flatMap((one) => one ?? []);
}

const spelling =
  (field: Condition['field']) =>
  (value: string): string => {
    if (field === 'protocol') return value === 'vrrp' ? '112' : value;
    if (field === 'family') return value === 'ipv4' ? '4' : value === 'ipv6' ? '6' : value;
    return field === 'kind' && value === 'unicast' ? 'host' : value;
  };
