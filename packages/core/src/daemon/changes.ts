import type { Config, VirtualServer, VrrpInstance } from '@holdfast/config';

/** What a reload changes, one short line for each object that is new, gone or different; empty: nothing. */
export function describeChanges(before: Config, after: Config): readonly string[] {
  return [
    ...objects('vrrp_instance', before.vrrpInstances, after.vrrpInstances, instanceChanges),
    ...objects('vrrp_script', before.vrrpScripts, after.vrrpScripts, changedProperties),
    ...objects('virtual_server', before.virtualServers, after.virtualServers, poolChanges),
    ...changed('global_defs', changedProperties(before.global, after.global)),
  ];
}

function objects<T extends { readonly name: string } | { readonly key: string }>(
  keyword: string,
  before: readonly T[],
  after: readonly T[],
  differences: (a: T, b: T) => readonly string[],
): readonly string[] {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const names = new Set(after.map(nameOf));
  return [
    ...before.filter((item) => !names.has(nameOf(item))).map((item) => `${keyword} ${nameOf(item)} is gone`),
    ...after.flatMap((item) => {
      const previous = old.get(nameOf(item));
      // A reading keeps what is unchanged as the very same object.
      if (previous === item) return [];
      if (previous === undefined) return [`${keyword} ${nameOf(item)} is new`];
      return changed(`${keyword} ${nameOf(item)}`, differences(previous, item));
    }),
  ];
}

const nameOf = (item: { readonly name: string } | { readonly key: string }): string =>
  'name' in item ? item.name : item.key;

const changed = (what: string, differences: readonly string[]): readonly string[] =>
  differences.length === 0 ? [] : [`${what}: ${differences.join(', ')}`];

/** Real servers that come, go or change, and what changes of the virtual server itself. */
function poolChanges(before: VirtualServer, after: VirtualServer): readonly string[] {
  const own = changedProperties({ ...before, realServers: [] }, { ...after, realServers: [] });
  const old = new Map(before.realServers.map((server) => [server.key, server]));
  const kept = new Set(after.realServers.map(({ key }) => key));
  return [
    ...own,
    ...before.realServers.filter(({ key }) => !kept.has(key)).map(({ key }) => `real_server ${key} removed`),
    ...after.realServers.flatMap((server) => {
      const previous = old.get(server.key);
      if (previous === server) return [];
      if (previous === undefined) return [`real_server ${server.key} added`];
      return changed(`real_server ${server.key}`, changedProperties(previous, server));
    }),
  ];
}

const addressLists = ['virtualAddresses', 'excludedAddresses'] as const;

function instanceChanges(before: VrrpInstance, after: VrrpInstance): readonly string[] {
  const lists = addressLists.flatMap((key) => {
    const [old, next] = [before[key], after[key]].map((list) =>
      list.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    );
    const gone = (old ?? []).filter((text) => next?.includes(text) !== true);
    const added = (next ?? []).filter((text) => old?.includes(text) !== true);
    return [...added.map((text) => `${text} added`), ...gone.map((text) => `${text} removed`)];
  });
  const rest = changedProperties(before, after).filter(
    (text) => lists.length === 0 || !addressLists.some((key) => text.startsWith(key)),
  );
  return [...lists, ...rest];
}

function changedProperties<T extends object>(before: T, after: T): readonly string[] {
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = new Set([...old.keys(), ...next.keys()]);
  return [...keys].flatMap((key) => {
    const [a, b] = [old.get(key), next.get(key)].map((value: unknown) => JSON.stringify(value));
    if (a === b) return [];
    const short = [a, b].every((text) => (text ?? '').length <= 30 && !/[[{]/.test(text ?? ''));
    return [
      short && key !== 'authentication' ? `${key} ${a ?? 'unset'} -> ${b ?? 'unset'}` : `${key} changed`,
    ];
  });
}
