import { realServerHeader, serviceHeader } from '../arguments/server-header.ts';
import type { Context } from '../build/context.ts';
import { nodesOf, readValue } from '../build/read.ts';
import { realServerRows, virtualServerRows as rows } from '../keywords/later/virtual-server.ts';
import { rootRows } from '../keywords/root.ts';

/** Direct routing hands packets on as they are, port included; keepalived sets the port of the service and says so. */
export function directRoutingKeepsPorts(context: Context): void {
  for (const service of nodesOf({ children: context.tree.nodes }, rootRows.virtual_server)) {
    const header = serviceHeader.read(service.statement).value;
    const method = readValue(service, rows.lvs_method) ?? readValue(service, rows.lb_kind);
    if (header?.kind !== 'address') continue;
    for (const server of nodesOf(service, rows.real_server)) {
      if ((readValue(server, realServerRows.lvs_method) ?? method) !== 'DR') continue;
      const port = realServerHeader.read(server.statement).value?.port ?? 0;
      if (port === 0 || port === header.port) continue;
      context.reporter.report({
        code: 'port-not-translated',
        message: `direct routing cannot translate ports: the real server has ${port}, the service ${header.port}`,
        origin: server.statement.origin,
        used: `port ${header.port}`,
        remedy: 'let the real server listen on the same port, or use lb_kind NAT',
      });
    }
  }
}
