import type { VrrpInstance } from '../types.ts';
import { planAddresses } from './addresses.ts';
import { differences } from './differences.ts';
import { instanceConsequences } from './instance-consequences.ts';
import { keywordNames } from './keyword-names.ts';
import { compared, type Planned, planned } from './planned.ts';
import type { ReloadRules } from './reload-rules.ts';

const nameOf = keywordNames('vrrp_instance');

/** Compared as parts. */
const lists = ['name', 'virtualAddresses', 'excludedAddresses'];

/** `vrrp_instance`: who goes on under which values, who gives its addresses up, who comes. */
export function planInstances(
  before: readonly VrrpInstance[],
  after: readonly VrrpInstance[],
  match: ReloadRules['matchInstances'],
): readonly Planned[] {
  const { kept, removed, added } = match(before, after);
  const next = new Map(kept.map(({ previous, config }) => [previous, config]));
  const newByName = new Map(added.map((config) => [config.name, config]));
  const replacing = new Set(removed.flatMap(({ name }) => newByName.get(name) ?? []));
  return [
    ...before.map((config) => {
      const now = next.get(config);
      return now === undefined ? goes(config, newByName.get(config.name)) : goesOn(config, now);
    }),
    ...added.filter((config) => !replacing.has(config)).map(comes),
  ];
}

function goesOn(before: VrrpInstance, after: VrrpInstance): Planned {
  const renamed = before.name === after.name ? {} : { was: before.name };
  return compared('vrrp_instance', after.name, changesOf(before, after), {
    ...renamed,
    consequences: instanceConsequences(before, after),
    parts: planAddresses(before, after),
  });
}

const changesOf = (before: VrrpInstance, after: VrrpInstance) => differences(before, after, nameOf, lists);

function goes(config: VrrpInstance, next: VrrpInstance | undefined): Planned {
  const gone = {
    kind: 'transition',
    text: 'where it is master it says priority 0, gives its addresses up, and another router takes over',
  } as const;
  if (next === undefined) return planned('vrrp_instance', config.name, 'removed', { consequences: [gone] });
  const other = {
    kind: 'transition',
    text: `it is another virtual router then: ${gone.text}; the new one begins as BACKUP`,
  } as const;
  return planned('vrrp_instance', config.name, 'replaced', {
    changes: changesOf(config, next),
    consequences: [other],
    parts: planAddresses(config, next),
  });
}

function comes(config: VrrpInstance): Planned {
  const text =
    config.priority === 255
      ? 'it owns its addresses (priority 255) and becomes MASTER at once'
      : 'it begins as BACKUP and becomes MASTER where no other router of higher priority is heard in time';
  const nothing = { ...config, virtualAddresses: [], excludedAddresses: [] };
  return planned('vrrp_instance', config.name, 'added', {
    consequences: [{ kind: 'transition', text }],
    parts: planAddresses(nothing, config),
  });
}
