import type { Chain, Condition, Rule, Verdict } from './model.ts';

const hooks: Readonly<Record<string, 'input' | 'output'>> = {
  PREROUTING: 'input',
  INPUT: 'input',
  OUTPUT: 'output',
  POSTROUTING: 'output',
};
/** The order in which tables are passed; nat only sees the first packets of connections and drops nothing. */
const tables: readonly string[] = ['raw', 'mangle', 'filter'];

/**
 * Reads what `iptables-save` or `ip6tables-save` prints; iptables-save(8).
 * @param program whose rules they are: `iptables`, `ip6tables-legacy`
 */
export function iptablesChains(text: string, program: string): readonly Chain[] {
  const family = program.startsWith('ip6') ? 6 : 4;
  const chains = new Map<string, Chain & { readonly rules: Rule[] }>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1).trim();
    if (!tables.includes(table)) continue;
    const [, name, policy] = /^:(\S+)\s+(\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      const hook = policy === '-' ? undefined : hooks[name];
      chains.set(`${program} ${table} ${name}`, {
        listing: `${program} -t ${table} -S ${name}`,
        id: `${program} ${table} ${name}`,
        families: [family],
        ...(hook === undefined ? {} : { hook }),
        priority: (name === 'PREROUTING' ? 0 : 10) + tables.indexOf(table),
        policy: policy === 'DROP' ? 'drop' : 'accept',
        rules: [],
      });
    }
    const [, chain, rest] = /^(?:\[[^\]]*\]\s*)?-A (\S+)\s*(.*)$/.exec(line) ?? [];
    if (chain === undefined || rest === undefined) continue;
    const prefix = `${program} ${table}`;
    chains.get(`${prefix} ${chain}`)?.rules.push({
      removal: `${program} -t ${table} -D ${chain} ${rest}`,
      ...ruleOf(wordsOf(rest), prefix),
    });
  }
  return [...chains.values()];
}

const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

function ruleOf(words: readonly string[], prefix: string): Pick<Rule, 'conditions' | 'verdict'> {
  const conditions: Condition[] = [];
  let verdict: Verdict = { kind: 'none' };
  let negated = false;
  for (let at = 0; at < words.length; at++) {
    const [word = '', value = ''] = words.slice(at, at + 2);
    if (word === '!') {
      negated = true;
      continue;
    }
    if (word === '-j' || word === '-g') verdict = verdictOf(value, word === '-j' ? 'jump' : 'goto', prefix);
    // What stands behind the target are its own options.
    if (word === '-j' || word === '-g') break;
    const condition = conditionOf(word, value);
    if (condition !== undefined) conditions.push({ ...condition, negated });
    negated = false;
    if (!(words[at + 1] ?? '-').startsWith('-') && words[at + 1] !== '!') at++;
  }
  return { conditions, verdict };
}

function verdictOf(target: string, kind: 'jump' | 'goto', prefix: string): Verdict {
  if (target === 'ACCEPT') return { kind: 'accept' };
  if (target === 'DROP' || target === 'REJECT') return { kind: 'drop' };
  if (target === 'RETURN') return { kind: 'return' };
  return { kind, to: `${prefix} ${target}` };
}

/** Modules without a condition of their own, and remarks. */
const silent: readonly string[] = ['-m', '--comment'];

function conditionOf(word: string, value: string): Omit<Condition, 'negated'> | undefined {
  if (silent.includes(word)) return undefined;
  switch (word) {
    case '-p':
      return { field: 'protocol', values: value === 'all' ? ['112'] : [protocolNumber(value)] };
    case '-i':
    case '-o':
      return { field: word === '-i' ? 'in' : 'out', values: [value.replace(/\+$/, '*')] };
    case '-s':
    case '-d':
      return { field: word === '-s' ? 'source' : 'destination', values: value.split(',') };
    case '--ctstate':
    case '--state':
      return { field: 'state', values: value.toLowerCase().split(',') };
    case '--pkt-type':
      return { field: 'kind', values: [value.toLowerCase()] };
    default:
      return { field: 'other', values: [] };
  }
}

/** Protocol names of /etc/protocols that rules are written with. */
const protocolNumber = (name: string): string => (name === 'vrrp' ? '112' : name);
