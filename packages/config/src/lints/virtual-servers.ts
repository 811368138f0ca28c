import { nodesOf } from '../build/read.ts';
import { hasChecker } from '../build/virtual-server.ts';
import { rootRows } from '../keywords/root.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Nobody notices when such a server dies. */
export function serverWithoutChecker({ context }: LintSubject): void {
  const services = nodesOf({ children: context.tree.nodes }, rootRows.virtual_server);
  const unchecked = services.flatMap((service) =>
    nodesOf(service, rows.real_server).filter((server) => !hasChecker(server)),
  );
  const skipped = context.tree.skipped.filter(({ row }) => row === rows.real_server);
  for (const { statement } of [...unchecked, ...skipped]) {
    remark(context, statement, {
      code: 'server-without-checker',
      severity: 'warning',
      message: 'this real_server has no checker: it stays in the pool, dead or alive',
      remedy: 'add TCP_CHECK { } or another checker',
    });
  }
}
