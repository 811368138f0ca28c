import { type Context, reportAt, type StatementReport } from '../build/context.ts';
import { nodesOf } from '../build/read.ts';
import { rootRows } from '../keywords/root.ts';
import { placeOf, type Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';

/** A lint never counts for an exit code or a reload, whatever its severity. */
export function remark(
  context: Context,
  statement: Statement,
  report: Omit<StatementReport, 'keepalived' | 'fatal' | 'reload'>,
): void {
  reportAt(context, statement, undefined, { ...report, keepalived: 'none', fatal: false, reload: 'apply' });
}

/** Whether something has been said of this very word. */
export function toldAt({ reporter }: Context, statement: Statement, word: number): boolean {
  const { file, line } = statement.origin;
  const column = placeOf(statement, word).column + 1;
  return reporter
    .diagnostics()
    .some((one) => one.line === line && one.column === column && one.file === file);
}

/** The nodes of all instances of the file. */
export const instanceNodes = ({ tree }: Context): readonly Node[] =>
  nodesOf({ children: tree.nodes }, rootRows.vrrp_instance);

/** Where an instance is defined; the last one of a name counts. */
export const instanceNamed = (context: Context, name: string): Node | undefined =>
  instanceNodes(context).findLast(({ statement }) => statement.words[1]?.text === name);
