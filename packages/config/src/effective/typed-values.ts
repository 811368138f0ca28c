import type { Checker, RealServer, VirtualServer } from '../lvs-types.ts';
import type { Node } from '../parser/node.ts';
import { keywordNames } from '../plan/keyword-names.ts';
import { keywordLike, leaves } from '../plan/leaves.ts';
import { valueText } from '../plan/value-text.ts';
import type { Config } from '../types.ts';

/** What a block of the file has become; `undefined`: nothing, or it is not known for certain. */
export type TypedObject =
  | { readonly kind: 'global_defs' | 'vrrp_script' | 'vrrp_instance'; readonly object: object }
  | { readonly kind: 'virtual_server'; readonly object: VirtualServer }
  | { readonly kind: 'real_server'; readonly object: RealServer }
  | { readonly kind: 'checker'; readonly object: Checker };

/** The object of an outermost block. */
export function rootObject(config: Config, node: Node): TypedObject | undefined {
  const [kind, name, port] = wordsOf(node);
  switch (kind) {
    case 'global_defs':
      return { kind, object: config.global };
    case 'vrrp_script':
      return wrapped(kind, only(config.vrrpScripts.filter((one) => one.name === name)));
    case 'vrrp_instance':
      return wrapped(kind, only(config.vrrpInstances.filter((one) => one.name === name)));
    case 'virtual_server': {
      const found = at(config.virtualServers, name, port);
      return found === undefined ? undefined : { kind, object: found };
    }
    default:
      return undefined;
  }
}

/** The object of a block within another one. */
export function innerObject(
  outer: TypedObject | undefined,
  parent: Node,
  node: Node,
): TypedObject | undefined {
  const [keyword, address, port] = wordsOf(node);
  if (outer?.kind === 'virtual_server' && keyword === 'real_server') {
    const found = at(outer.object.realServers, address, port);
    return found === undefined ? undefined : { kind: 'real_server', object: found };
  }
  if (outer?.kind !== 'real_server') return undefined;
  const { checkers } = outer.object;
  const blocks = parent.children.filter(({ row }) => row.block?.kind === 'keywords');
  const checker = blocks.length === checkers.length ? checkers[blocks.indexOf(node)] : undefined;
  return checker !== undefined && checker.kind === keyword ? { kind: 'checker', object: checker } : undefined;
}

const parts = ['realServers', 'checkers', 'services', 'urls'];

/** The values of an object, by keyword. */
export function typedValues(typed: TypedObject | undefined): ReadonlyMap<string, string> {
  if (typed === undefined) return new Map();
  const { kind, object } = typed;
  const nameOf = kind === 'real_server' || kind === 'checker' ? () => undefined : keywordNames(kind);
  return new Map(
    [...leaves(object, parts)].flatMap(([path, value]) => {
      const text = valueText(path, value);
      return text === undefined ? [] : [[nameOf(path) ?? keywordLike(path), text] as const];
    }),
  );
}

const wordsOf = ({ statement }: Node): readonly string[] => statement.words.map(({ text }) => text);

type Keyed = { readonly key: string };

/** Places in a list by address and port. Lists may be long, and are asked for each of their servers. */
const indexes = new WeakMap<readonly Keyed[], ReadonlyMap<string, readonly number[]>>();

/** The only one at this address and port; keys are written `[10.0.0.1]:tcp:80`. */
function at<T extends Keyed>(list: readonly T[], address = '', port = ''): T | undefined {
  const index = indexes.get(list) ?? indexOf(list);
  indexes.set(list, index);
  const [place, ...others] = index.get(`[${address}]:${port}`) ?? [];
  return place === undefined || others.length > 0 ? undefined : list[place];
}

function indexOf(list: readonly Keyed[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [place, { key }] of list.entries()) {
    const short = key.replace(/\]:\w+:/, ']:');
    const known = index.get(short);
    if (known === undefined) index.set(short, [place]);
    else known.push(place);
  }
  return index;
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

const wrapped = (
  kind: 'vrrp_script' | 'vrrp_instance',
  object: object | undefined,
): TypedObject | undefined => (object === undefined ? undefined : { kind, object });
