import { addressOf } from '../files/interfaces.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import { type Context, reportAt } from './context.ts';
import { isGiven, nodeOf, nodesOf, readValue } from './read.ts';

/** The interface an instance runs on; `undefined` when there is none it could run on, which has been reported. */
export function interfaceOf(context: Context, node: Node): string | undefined {
  const name = readValue(node, rows.interface);
  reportOverruled(context, node);
  if (name === undefined) return withoutInterface(context, node);
  if (name === 'lo') {
    reportLoopback(context, node);
    return undefined;
  }
  if (context.interfaces === undefined || context.interfaces.has(name) || context.global.dynamicInterfaces)
    return name;
  reportUnknown(context, node, name);
  return undefined;
}

/** The last one counts, but keepalived looks for each. */
function reportOverruled(context: Context, node: Node): void {
  const { interfaces, global } = context;
  if (interfaces === undefined || global.dynamicInterfaces) return;
  for (const { statement } of nodesOf(node, rows.interface).slice(0, -1)) {
    const name = rows.interface.argument.read(statement).value;
    if (name === undefined || interfaces.has(name)) continue;
    reportAt(context, statement, node.subject, {
      code: 'interface-missing',
      message: `there is no interface ${name}`,
      word: 1,
      used: 'the interface of a line below',
      remedy: 'remove the line',
    });
  }
}

/** With unicast the interface may be left out: it is the one that has the source address. */
function withoutInterface(context: Context, node: Node): string | undefined {
  const source = readValue(node, rows.unicast_src_ip);
  const holder = [...(context.interfaces ?? [])].find(
    ([, addresses]) => source !== undefined && addresses.some((known) => addressOf(known) === source),
  );
  if (holder !== undefined && isGiven(node, rows.unicast_peer)) return holder[0];
  if (context.reporter.blame(node.subject, 'interface', 'fatal')) return undefined;
  // keepalived runs on a socket of the VRF device, or of no device at all.
  if (source !== undefined || isGiven(node, rows.vrf)) {
    reportUnplaced(context, node, source);
    return undefined;
  }
  reportAt(context, node.statement, node.subject, {
    code: 'interface-not-given',
    message: `${title(node)} names no interface`,
    used: 'nothing: the daemon does not run without it',
    remedy: `add a line: interface NAME${choices(context)}`,
    fatal: true,
  });
  return undefined;
}

/** keepalived runs it on a socket without an interface; we need one for link state and addresses. */
function reportUnplaced(context: Context, node: Node, source: string | undefined): void {
  reportAt(context, node.statement, node.subject, {
    code: 'interface-not-found',
    message: `${title(node)} names no interface${source === undefined ? '' : `, and none has its source address ${source}`}`,
    used: 'the instance is not run',
    remedy: `add a line: interface NAME${choices(context)}`,
    keepalived: 'none',
    reload: 'refuse-if-lost',
  });
}

function reportLoopback(context: Context, node: Node): void {
  reportAt(context, statementOf(node), node.subject, {
    code: 'interface-loopback',
    message: 'VRRP cannot run on the loopback interface',
    word: 1,
    remedy: `name the interface towards the other router${choices(context)}`,
    fatal: true,
  });
}

function reportUnknown(context: Context, node: Node, name: string): void {
  reportAt(context, statementOf(node), node.subject, {
    code: 'interface-missing',
    message: `there is no interface ${name}`,
    word: 1,
    used: 'nothing: the daemon does not run without it',
    remedy: `name one of this machine's${choices(context)}; or set dynamic_interfaces if it will appear later`,
    property: 'interface',
    fatal: true,
  });
}

const statementOf = (node: Node) => nodeOf(node, rows.interface)?.statement ?? node.statement;
const title = (node: Node): string => node.statement.words.map((word) => word.text).join(' ');

/** ` (eth0 10.0.0.1, eth1 without address)` */
function choices({ interfaces }: Context): string {
  if (interfaces === undefined) return '';
  const shown = [...interfaces]
    .filter(([name]) => name !== 'lo')
    .map(
      ([name, addresses]) =>
        `${name} ${addresses.length === 0 ? 'without address' : addresses.map(addressOf).join(' ')}`,
    );
  return shown.length === 0 ? ' (there is none here)' : ` (${shown.slice(0, 12).join(', ')})`;
}
