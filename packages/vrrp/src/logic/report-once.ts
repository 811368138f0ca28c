import type { IpAddress } from '@holdfast/kit';
import type { InstanceState } from './types.ts';

/** What has been logged about packets since the state or the master last changed. */
export interface Reported {
  readonly since: string;
  readonly kinds: ReadonlySet<string>;
}

export const nothingReported: Reported = { since: '', kinds: new Set() };

/**
 * A flood of bad packets must not become a flood of lines (RFC 9568 §7.1 asks for a limit): each kind is said once
 * until the instance changes its state or its master.
 * @param kind the reason, and where it matters the sender
 */
export function reportOnce(
  reported: Reported,
  state: InstanceState,
  kind: string,
): { readonly reported: Reported; readonly first: boolean } {
  const since = `${state.phase.kind} ${masterOf(state) ?? ''}`;
  const kinds = since === reported.since ? reported.kinds : new Set<string>();
  if (kinds.has(kind) || kinds.size >= mostKinds) return { reported: { since, kinds }, first: false };
  return { reported: { since, kinds: new Set(kinds).add(kind) }, first: true };
}

/** Senders can be forged in any number. */
const mostKinds = 100;

const masterOf = (state: InstanceState): IpAddress | undefined => state.master?.address;
