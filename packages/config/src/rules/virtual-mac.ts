import { familyOf } from '@holdfast/kit';
import { addressEntry } from '../arguments/virtual-address.ts';
import { vmac } from '../arguments/vmac.ts';
import { type Context, reportAt } from '../build/context.ts';
import { entriesOf, isGiven, nodeOf, nodesOf, readValue } from '../build/read.ts';
import { laterVrrpInstanceRows as later } from '../keywords/later/vrrp-instance.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row } from '../keywords/row.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';

/** What virtual MAC addresses ask for, and what they exclude. */
export function virtualMacs(context: Context): void {
  const names = new Map<string, Node>();
  for (const node of nodesOf({ children: context.tree.nodes }, rootRows.vrrp_instance)) {
    const hasVmac = isGiven(node, later.use_vmac);
    if (hasVmac && isUnicast(node) && !isGiven(node, later.vmac_xmit_base)) unicastNeedsBase(context, node);
    if (!hasVmac && isGiven(node, later.vmac_xmit_base)) baseWithoutMac(context, node);
    if (isGiven(node, later.use_ipvlan)) ipvlanNeedsAddress(context, node);
    if ((hasVmac || isGiven(node, later.use_ipvlan)) && isGiven(node, rows.promote_secondaries))
      promotedAnyway(context, node);
    namesOfOne(context, node);
    nameOnce(context, node, names);
  }
}

const isUnicast = (node: Node): boolean =>
  nodesOf(node, rows.unicast_peer).some(({ entries }) => entries.length > 0);

function tell(
  context: Context,
  node: Node,
  row: Row,
  code: string,
  words: readonly [string, string, string],
): void {
  const [message, used, remedy] = words;
  const statement = nodeOf(node, row)?.statement ?? node.statement;
  reportAt(context, statement, node.subject, {
    code,
    severity: 'warning',
    message,
    used,
    remedy,
    keepalived: 'reported',
  });
}

/** The first name counts. */
function namesOfOne(context: Context, node: Node): void {
  const named = nodesOf(node, later.use_vmac).filter(
    ({ statement }) => vmac.read(statement).value?.name !== undefined,
  );
  for (const { statement } of named.slice(1)) {
    reportAt(context, statement, node.subject, {
      code: 'given-twice',
      message: `the interface of use_vmac has a name already, in line ${named[0]?.statement.origin.line ?? 0}`,
      used: 'the first one',
      remedy: 'remove one of them',
    });
  }
}

const unicastNeedsBase = (context: Context, node: Node): void =>
  tell(context, node, later.use_vmac, 'vmac-needs-base', [
    'use_vmac with unicast_peer needs vmac_xmit_base',
    'vmac_xmit_base is set',
    'add vmac_xmit_base',
  ]);

const baseWithoutMac = (context: Context, node: Node): void =>
  tell(context, node, later.vmac_xmit_base, 'base-without-vmac', [
    'vmac_xmit_base has no effect without use_vmac',
    'the line is ignored',
    'remove it, or add use_vmac',
  ]);

const promotedAnyway = (context: Context, node: Node): void =>
  tell(context, node, rows.promote_secondaries, 'promoted-anyway', [
    'promote_secondaries is always on for virtual interfaces',
    'the line is ignored',
    'remove it',
  ]);

/** An IPv4 interface on top of another one has no address of its own to send from. */
function ipvlanNeedsAddress(context: Context, node: Node): void {
  const first = entriesOf(node, rows.virtual_ipaddress, addressEntry)[0]?.value.address;
  if (first === undefined || familyOf(first) === 6) return;
  if (readValue(node, later.use_ipvlan)?.address !== undefined || isGiven(node, rows.mcast_src_ip)) return;
  if (isGiven(node, rows.unicast_src_ip)) return;
  tell(context, node, later.use_ipvlan, 'ipvlan-without-address', [
    'use_ipvlan needs an address of its own with IPv4',
    'the instance goes to FAULT',
    'add the address behind use_ipvlan',
  ]);
}

/** Two instances cannot make the same interface. */
function nameOnce(context: Context, node: Node, names: Map<string, Node>): void {
  const name = readValue(node, later.use_vmac)?.name ?? readValue(node, later.use_ipvlan)?.name;
  if (name === undefined) return;
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, node);
    return;
  }
  const row = isGiven(node, later.use_vmac) ? later.use_vmac : later.use_ipvlan;
  tell(context, node, row, 'vmac-name-taken', [
    `${first.statement.words[1]?.text ?? ''} makes an interface ${name} already`,
    'the usual name',
    'give it a name of its own',
  ]);
}
