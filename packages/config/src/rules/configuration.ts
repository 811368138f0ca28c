import type { Context } from '../build/context.ts';
import { reportAt } from '../build/context.ts';
import { nodeOf } from '../build/read.ts';
import type { DefinedScript } from '../build/script.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import type { VrrpInstance } from '../types.ts';

/** An instance with the place it comes from. */
export interface BuiltInstance {
  readonly instance: VrrpInstance;
  readonly node: Node;
}

/**
 * One virtual router number serves one instance of an interface and group. Instances with peers may share it where
 * source and peers tell them apart.
 */
export function duplicateRouterIds(context: Context, built: readonly BuiltInstance[]): void {
  const byNumber = new Map<string, BuiltInstance[]>();
  for (const current of built) {
    const { family, interface: own, virtualRouterId } = current.instance;
    const key = `${family} ${own} ${virtualRouterId}`;
    const others = byNumber.get(key) ?? [];
    const clash = others.find((other) => clashes(other.instance, current.instance));
    if (clash !== undefined) reportClash(context, current, clash);
    byNumber.set(key, [...others, current]);
  }
}

function clashes(a: VrrpInstance, b: VrrpInstance): boolean {
  const unicast = a.unicastPeers.length > 0;
  if (unicast !== b.unicastPeers.length > 0) return false;
  if (!unicast) return a.multicastDestination === b.multicastDestination;
  const shared = a.unicastPeers.some(({ address }) =>
    b.unicastPeers.some((peer) => peer.address === address),
  );
  return shared && a.sourceAddress === b.sourceAddress;
}

function reportClash(context: Context, { instance, node }: BuiltInstance, clash: BuiltInstance): void {
  const statement = nodeOf(node, rows.virtual_router_id)?.statement ?? node.statement;
  reportAt(context, statement, node.subject, {
    code: 'duplicate-virtual-router-id',
    message: `virtual_router_id ${instance.virtualRouterId} on ${instance.interface} is used by ${clash.instance.name} already`,
    word: 1,
    used: 'nothing: the daemon does not run with both',
    remedy: 'give each virtual router of a network its own number from 1 to 255',
    property: 'virtualRouterId',
    fatal: true,
  });
}

/** A script that no instance tracks is not run. @returns the scripts that are */
export function unusedScripts(
  context: Context,
  scripts: ReadonlyMap<string, DefinedScript>,
  built: readonly BuiltInstance[],
): readonly DefinedScript[] {
  const used = new Set(built.flatMap(({ instance }) => instance.trackScripts.map(({ name }) => name)));
  const mentioned = context.trackedNames();
  for (const [name, { node }] of scripts) {
    // Where an entry that names it was lost to an error, that has been told.
    if (used.has(name) || mentioned.has(name)) continue;
    reportAt(context, node.statement, node.subject, {
      code: 'script-unused',
      severity: 'warning',
      message: `no instance tracks vrrp_script ${name}`,
      used: 'it is not run',
      remedy: `add track_script { ${name} } to an instance below it, or remove the script`,
    });
  }
  return [...scripts.values()].filter(({ script }) => used.has(script.name));
}
