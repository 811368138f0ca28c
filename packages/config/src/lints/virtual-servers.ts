import { nodesOf } from '../build/read.ts';
import { hasChecker } from '../build/virtual-server.ts';
import { rootRows } from '../keywords/root.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Nobody notices when such a server dies. */
export function serverWithoutChecker({ context }: LintSubject): void {
  const services = nodesOf({ children: context.tree.nodes }, rootRows.virtual_server);
  const unchecked = services.flatMap(uncheckedServers);
  const skipped = context.tree.skipped.filter(({ row }) => row === rows.real_server);
  for (const statement of [...unchecked, ...skipped.map((node) => node.statement)]) {
    remark(context, statement, {
      code: 'server-without-checker',
      severity: 'warning',
      message: 'this real_server has no checker: it stays in the pool, dead or alive',
      remedy: 'add TCP_CHECK { } or another checker',
    });
  }
}

/** Where the real servers without any checker are named. */
export const uncheckedServers = (service: Node): readonly Statement[] =>
  service.known?.unchecked ??
  nodesOf(service, rows.real_server)
    .filter((server) => !hasChecker(server))
    .map(({ statement }) => statement);
