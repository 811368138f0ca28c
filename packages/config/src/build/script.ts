import { seconds } from '@holdfast/kit';
import { rootRows } from '../keywords/root.ts';
import { vrrpScriptRows as rows } from '../keywords/vrrp-script.ts';
import type { Node } from '../parser/node.ts';
import type { VrrpScript } from '../types.ts';
import { type Context, reportAt } from './context.ts';
import { isGiven, nodesOf, readValue } from './read.ts';

/** A script, and where it is defined: only instances further down may use it. */
export interface DefinedScript {
  readonly script: VrrpScript;
  readonly node: Node;
}

/** Every usable `vrrp_script` by its name. */
export function buildScripts(context: Context): ReadonlyMap<string, DefinedScript> {
  const scripts = new Map<string, DefinedScript>();
  for (const node of nodesOf({ children: context.tree.nodes }, rootRows.vrrp_script)) {
    const script = buildScript(context, node);
    if (script !== undefined) scripts.set(script.name, { script, node });
  }
  return scripts;
}

function buildScript(context: Context, node: Node): VrrpScript | undefined {
  const name = node.statement.words[1]?.text ?? '';
  const command = readValue(node, rows.script);
  if (command === undefined) {
    reportWithoutCommand(context, node, name);
    return undefined;
  }
  const interval = readValue(node, rows.interval) ?? seconds(1);
  const weight = readValue(node, rows.weight) ?? { weight: 0, reverse: false };
  return {
    name,
    command: { argv: command.argv, runAs: readValue(node, rows.user) },
    interval,
    timeout: readValue(node, rows.timeout) ?? interval,
    weight: weight.weight,
    weightReverse: weight.reverse,
    rise: readValue(node, rows.rise) ?? 1,
    fall: readValue(node, rows.fall) ?? 1,
    initFail: isGiven(node, rows.init_fail),
  };
}

function reportWithoutCommand(context: Context, node: Node, name: string): void {
  if (context.reporter.blame(node.subject, 'command', 'harmless')) return;
  reportAt(context, node.statement, node.subject, {
    code: 'script-without-command',
    message: `vrrp_script ${name} names no program`,
    used: 'the script is left out',
    remedy: 'add a line: script "/path/to/program"',
    property: 'command',
    reload: 'refuse-if-lost',
  });
}
