import { peerEntry } from '../arguments/list-entries.ts';
import { entriesOf } from '../build/read.ts';
import { addressOf } from '../files/interfaces.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { instanceNamed, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** A router that stands among its own peers hears itself, or sends adverts to nobody. */
export function peerIsOneself({ context, config }: LintSubject): void {
  const own = new Set([...(context.interfaces?.values() ?? [])].flat().map(addressOf));
  for (const { name, sourceAddress } of config.vrrpInstances) {
    const node = instanceNamed(context, name);
    if (node === undefined) continue;
    for (const { value, statement } of entriesOf(node, rows.unicast_peer, peerEntry)) {
      if (value.address !== sourceAddress && !own.has(value.address)) continue;
      remark(context, statement, {
        code: 'peer-is-oneself',
        severity: 'warning',
        message: `the peer ${value.address} is an address of this router itself`,
        remedy: 'name the other routers only; a line @ID in front tells the machines of one file apart',
      });
    }
  }
}
