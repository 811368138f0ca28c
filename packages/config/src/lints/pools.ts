import { type Micros, micros, parseAddress, seconds, toSeconds } from '@holdfast/kit';
import { nodeOf, nodesOf } from '../build/read.ts';
import { addressOf } from '../files/interfaces.ts';
import { rootRows } from '../keywords/root.ts';
import { virtualServerRows as rows } from '../keywords/virtual-server.ts';
import type { Node } from '../parser/node.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

const servicesOf = ({ context }: LintSubject): readonly Node[] =>
  nodesOf({ children: context.tree.nodes }, rootRows.virtual_server);

/**
 * A director that is one of its own direct-routing servers: the other director, which has the same table, balances what
 * it gets from this one once more, and packets go round between the two.
 */
export function directorAsRealServer(subject: LintSubject): void {
  const { context, config } = subject;
  const own = new Set<string>([...(context.interfaces?.values() ?? [])].flat().map(addressOf));
  for (const { virtualAddresses } of config.vrrpInstances)
    for (const { address } of virtualAddresses) own.add(address);
  if (own.size === 0) return;
  for (const service of servicesOf(subject)) {
    for (const server of nodesOf(service, rows.real_server)) {
      const address = parseAddress(server.statement.words[1]?.text ?? '');
      if (address === undefined || !own.has(address) || methodOf(service, server) !== 'DR') continue;
      remark(context, server.statement, {
        code: 'director-as-real-server',
        severity: 'warning',
        word: 1,
        message: `${address} is an address of this director: with a second director that has the same table, packets go round between the two`,
        remedy:
          'balance on firewall marks that packets from the other director do not get, or use another machine',
      });
    }
  }
}

const methodOf = (service: Node, server: Node): string | undefined =>
  (lastNamed(server, ['lvs_method', 'lb_kind']) ?? lastNamed(service, ['lvs_method', 'lb_kind']))?.statement
    .words[1]?.text;

/** A check that may take longer than its interval is late for the next one: the server is looked at less often. */
export function checkSlowerThanLoop(subject: LintSubject): void {
  for (const service of servicesOf(subject)) {
    for (const server of nodesOf(service, rows.real_server)) {
      for (const checker of server.children) {
        if (checker.row.block !== undefined) slowCheck(subject, [checker, server, service]);
      }
    }
  }
}

function slowCheck({ context }: LintSubject, levels: readonly [Node, ...Node[]]): void {
  const [checker] = levels;
  const names = ['connect_timeout', 'misc_timeout'].filter((name) => hasRow(checker, name));
  const [name] = names;
  if (name === undefined) return;
  const loop = durationOf(levels, 'delay_loop')?.value ?? seconds(60);
  const given = durationOf(name === 'misc_timeout' ? [checker] : levels, name);
  const timeout = given?.value ?? (name === 'misc_timeout' ? loop : seconds(5));
  if (timeout <= loop || loop === 0) return;
  const place = given?.node ?? checker;
  remark(context, place.statement, {
    code: 'check-slower-than-loop',
    severity: given === undefined ? 'note' : 'warning',
    message: `a check may take ${toSeconds(timeout)} s (${name}${given === undefined ? ', its default' : ''}), longer than delay_loop of ${toSeconds(loop)} s`,
    remedy: `write ${name} of at most ${toSeconds(loop)}, or a longer delay_loop`,
  });
}

const hasRow = ({ row }: Node, name: string): boolean =>
  row.block?.kind === 'keywords' && name in row.block.rows;

const lastNamed = (node: Node, names: readonly string[]): Node | undefined =>
  node.children.findLast(({ statement }) => names.includes(statement.words[0].text));

/** The first of these blocks that has the keyword tells the value. */
function durationOf(
  levels: readonly Node[],
  name: string,
): { readonly value: Micros; readonly node: Node } | undefined {
  for (const level of levels) {
    const rowsOf = level.row.block?.kind === 'keywords' ? level.row.block.rows : {};
    const row = rowsOf[name];
    const node = row === undefined ? undefined : nodeOf(level, row);
    const value = node === undefined ? undefined : row?.argument.read(node.statement).value;
    if (node !== undefined && typeof value === 'number') return { value: micros(value), node };
  }
  return undefined;
}
