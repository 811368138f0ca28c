import { trackedEntry, trackedInterface } from '../arguments/list-entries.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import type { TrackEntry } from '../types.ts';
import { type Context, reportAt } from './context.ts';
import { entriesOf } from './read.ts';
import type { DefinedScript } from './script.ts';

/** `track_script`: names of scripts, wherever they are defined, with the weight to use here. */
export function buildTrackedScripts(
  context: Context,
  node: Node,
  scripts: ReadonlyMap<string, DefinedScript>,
): readonly TrackEntry[] {
  const tracked = new Map<string, TrackEntry>();
  for (const { value, statement } of entriesOf(node, rows.track_script, trackedEntry)) {
    const defined = scripts.get(value.name);
    if (tracked.has(value.name)) reportTwice(context, node, statement, value.name);
    else if (defined === undefined) reportUndefined(context, node, statement, value.name);
    else {
      if (isLater(context, defined.node, node)) noteLater(context, node, statement, defined);
      const { weight, weightReverse } = defined.script;
      const entry = { weight: value.weight ?? weight, reverse: value.reverse ?? weightReverse };
      tracked.set(value.name, { name: value.name, ...entry });
    }
  }
  return [...tracked.values()];
}

/** Order in the text counts, also across included files: nodes stand in the order of reading. */
const isLater = (context: Context, script: Node, instance: Node): boolean =>
  context.order(script) > context.order(instance);

function reportTwice(context: Context, node: Node, statement: Statement, name: string): void {
  reportAt(context, statement, node.subject, {
    code: 'tracked-twice',
    message: `${name} is tracked already`,
    used: 'the first entry',
    remedy: 'remove this line',
  });
}

function reportUndefined(context: Context, node: Node, statement: Statement, name: string): void {
  // What was lost to a mistake in its own definition has been told there.
  if (context.tree.lostNames.has(name)) return;
  if (context.reporter.blame({ kind: 'vrrp_script', name, property: undefined }, 'command', 'harmless'))
    return;
  const commentedOut = context.commentedDefinition(name);
  reportAt(context, statement, node.subject, {
    code: 'script-undefined',
    severity: 'warning',
    message: `no vrrp_script ${name} is defined; the instance does not track it`,
    used: 'the entry is left out',
    remedy:
      commentedOut === undefined
        ? `define vrrp_script ${name} above this instance, or remove the line`
        : `its definition is commented out in ${commentedOut}: take the comment signs away, or remove this line`,
    keepalived: 'reported',
    reload: 'refuse-if-lost',
    property: 'trackScripts',
  });
}

/** Order does not count here; keepalived leaves the entry out. */
function noteLater(
  context: Context,
  node: Node,
  statement: Statement,
  { node: script }: DefinedScript,
): void {
  const { file, line } = script.statement.origin;
  reportAt(context, statement, node.subject, {
    code: 'script-defined-later',
    severity: 'note',
    message: `vrrp_script ${script.statement.words[1]?.text ?? ''} is defined only further down (${file}:${line}); keepalived does not find it there`,
    used: 'the script all the same',
    remedy: 'move the vrrp_script block above the instance, so that it works with keepalived too',
    keepalived: 'reported',
  });
}

/** `track_interface`: other interfaces that exist; the own one is tracked anyway. */
export function buildTrackedInterfaces(context: Context, node: Node, own: string): readonly TrackEntry[] {
  const tracked = new Map<string, TrackEntry>();
  for (const { value, statement } of entriesOf(node, rows.track_interface, trackedInterface)) {
    if (tracked.has(value.name)) reportTwice(context, node, statement, value.name);
    else if (value.name === own) reportOwn(context, node, statement);
    else if (isMissing(context, value.name)) reportMissing(context, node, statement, value.name);
    else {
      const entry = { weight: value.weight ?? 0, reverse: value.reverse ?? false };
      tracked.set(value.name, { name: value.name, ...entry });
    }
  }
  return [...tracked.values()];
}

const isMissing = ({ interfaces, global }: Context, name: string): boolean =>
  interfaces !== undefined && !global.dynamicInterfaces && !interfaces.has(name);

function reportOwn(context: Context, node: Node, statement: Statement): void {
  reportAt(context, statement, node.subject, {
    code: 'tracks-own-interface',
    severity: 'warning',
    message: `${statement.words[0].text} is the interface of the instance, which counts anyway`,
    used: 'the entry is left out; without its link the instance is in FAULT',
    remedy: 'remove the line; to make the link count less, use dont_track_primary',
    keepalived: 'reported',
  });
}

function reportMissing(context: Context, node: Node, statement: Statement, name: string): void {
  reportAt(context, statement, node.subject, {
    code: 'interface-missing',
    message: `there is no interface ${name} to track`,
    used: 'the entry is left out',
    remedy: `interfaces of this machine: ${[...(context.interfaces?.keys() ?? [])].join(', ')}`,
    property: 'trackInterfaces',
    reload: 'refuse-if-lost',
  });
}
