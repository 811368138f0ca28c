/** One value that another file gives to an object. */
export interface Change {
  /** As in the file where a keyword decides it alone: `priority`, `garp_master_delay`. */
  readonly property: string;
  /** For people: with units; undefined: not set. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What comes of a change besides the change itself. */
export interface Consequence {
  /**
   * `transition`: a master may change; `traffic`: connections or what is in a pool may; `continuity`: what goes on
   * undisturbed or begins anew; `restart`: only the next start heeds it.
   */
  readonly kind: 'transition' | 'traffic' | 'continuity' | 'restart';
  readonly text: string;
}

export type PlannedKind =
  | 'global_defs'
  | 'vrrp_script'
  | 'vrrp_instance'
  | 'virtual_ipaddress'
  | 'virtual_server'
  | 'real_server'
  | 'checker';

/**
 * What a reload makes of one object. `replaced`: the name is the same, but it is another virtual router or another
 * program, which ends the old one and begins the new one.
 */
export type Fate = 'added' | 'removed' | 'replaced' | 'changed' | 'kept';

/** One object of a configuration under a reload, with what it consists of. Plain data, JSON-safe. */
export interface Planned {
  readonly kind: PlannedKind;
  readonly name: string;
  /** The name that it had before, where that is another one. */
  readonly was?: string;
  readonly fate: Fate;
  /** Its own values; none for what comes or goes as a whole. */
  readonly changes: readonly Change[];
  readonly consequences: readonly Consequence[];
  readonly parts: readonly Planned[];
}

/** An object that comes or goes as a whole, or stays as it is. */
export const planned = (
  kind: PlannedKind,
  name: string,
  fate: Fate,
  more: Partial<Pick<Planned, 'was' | 'changes' | 'consequences' | 'parts'>> = {},
): Planned => ({
  kind,
  name,
  ...(more.was === undefined ? {} : { was: more.was }),
  fate,
  changes: more.changes ?? [],
  consequences: more.consequences ?? [],
  parts: more.parts ?? [],
});

/** One that is in both: changed where a value or a part of it is. */
export const compared = (
  kind: PlannedKind,
  name: string,
  changes: readonly Change[],
  more: Partial<Pick<Planned, 'was' | 'consequences' | 'parts'>> = {},
): Planned => {
  const isSame = changes.length === 0 && more.was === undefined;
  const fate = isSame && (more.parts ?? []).every((part) => part.fate === 'kept') ? 'kept' : 'changed';
  return planned(kind, name, fate, { ...more, changes });
};
