import { addressEntry } from '../arguments/virtual-address.ts';
import { entriesOf, readValue } from '../build/read.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import { instanceNodes, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Two virtual routers may be master on different machines: then an address of both is in two places. */
export function addressInTwoInstances({ context }: LintSubject): void {
  const holders = new Map<string, Node>();
  for (const node of instanceNodes(context)) {
    const own = readValue(node, rows.interface) ?? '';
    const lists = [rows.virtual_ipaddress, rows.virtual_ipaddress_excluded];
    for (const { value, statement } of lists.flatMap((list) => entriesOf(node, list, addressEntry))) {
      const key = `${value.address} ${value.dev ?? own}`;
      const before = holders.get(key);
      if (before === undefined) holders.set(key, node);
      if (before === undefined || before === node) continue;
      const name = before.statement.words[1]?.text ?? '';
      remark(context, statement, {
        code: 'address-in-two-instances',
        severity: 'warning',
        message: `${value.address} is an address of ${name} in line ${before.statement.origin.line}, too`,
        remedy: 'leave it to one of them: each may be master on another machine',
      });
    }
  }
}
