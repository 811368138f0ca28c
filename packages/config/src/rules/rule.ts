import { type Context, reportAt, type StatementReport } from '../build/context.ts';
import { nodeOf } from '../build/read.ts';
import type { Row } from '../keywords/row.ts';
import type { Node } from '../parser/node.ts';
import type { VrrpInstance } from '../types.ts';

/** Judges the values of an instance together. @returns it as it will run; `undefined` when it cannot */
export type InstanceRule = (instance: VrrpInstance, node: Node, context: Context) => VrrpInstance | undefined;

/** Reports at the line of the keyword, or at the instance's own where the keyword is absent. */
export function reportKeyword(context: Context, node: Node, row: Row, report: StatementReport): void {
  const statement = nodeOf(node, row)?.statement ?? node.statement;
  const property = row.property === undefined ? {} : { property: row.property };
  reportAt(context, statement, node.subject, { ...property, ...report });
}
