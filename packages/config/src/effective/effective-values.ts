import { globalBlock } from '../build/global.ts';
import { nodeOf, nodesOf } from '../build/read.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { rootRows } from '../keywords/root.ts';
import type { Row, Rows } from '../keywords/row.ts';
import { type ParseOptions, type ParseResult, parseWith } from '../parse-config.ts';
import type { Node, Tree } from '../parser/node.ts';
import { innerObject, rootObject, type TypedObject, typedValues } from './typed-values.ts';

/** Where a value comes from: `repaired`: what stands in the file is not what is used. */
export type ValueOrigin =
  | { readonly kind: 'default' }
  | ({ readonly kind: 'file' | 'global-default' | 'repaired' } & Place);

/** One keyword of one block, and what holds. */
export interface EffectiveValue {
  /** `vrrp_instance VI_1`, `virtual_server 10.0.0.1 80 / real_server 10.0.0.2 80`; empty outside of blocks. */
  readonly block: string;
  readonly keyword: string;
  /** What is in force; where the table alone knows a default, in its words. */
  readonly value: string;
  readonly origin: ValueOrigin;
  /** False: accepted and checked, but it does nothing yet. */
  readonly inEffect: boolean;
}

export interface EffectiveConfiguration {
  readonly result: ParseResult;
  readonly values: readonly EffectiveValue[];
}

/** Reads a configuration and tells of each block that it has which values are in force, and why. */
export function effectiveConfiguration(options: ParseOptions): EffectiveConfiguration {
  const { result, tree } = parseWith(options, 'tree');
  const repairs = new Map(
    result.diagnostics.flatMap(({ file, line, used }) =>
      used === undefined ? [] : [[`${file}:${line}`, used] as const],
    ),
  );
  const whole: Whole = { result, tree, repairs };
  const outermost = tree.nodes.filter(({ row }) => row.block?.kind !== 'keywords');
  return {
    result,
    values: [
      ...outermost.map((node) => given(whole, '', keywordOf(node), node, undefined)),
      ...tree.nodes.flatMap((node) => blockValues(whole, node, '', rootObject(result.config, node))),
    ],
  };
}

interface Whole {
  readonly result: ParseResult;
  readonly tree: Tree;
  /** What is used instead of what stands there, by `FILE:LINE`. */
  readonly repairs: ReadonlyMap<string, string>;
}

function blockValues(
  whole: Whole,
  node: Node,
  outer: string,
  typed: TypedObject | undefined,
): readonly EffectiveValue[] {
  if (node.row.block?.kind !== 'keywords') return [];
  const name = `${outer === '' ? '' : `${outer} / `}${node.statement.words.map(({ text }) => text).join(' ')}`;
  return [
    ...keywordValues(whole, name, node, node.row.block.rows, typedValues(typed)),
    ...node.children.flatMap((child) => blockValues(whole, child, name, innerObject(typed, node, child))),
  ];
}

const keywordValues = (
  whole: Whole,
  block: string,
  node: Node,
  rows: Rows,
  typed: ReadonlyMap<string, string>,
): readonly EffectiveValue[] =>
  Object.entries(rows).flatMap(([keyword, row]) => {
    if (row.aliasOf !== undefined || row.block?.kind === 'keywords') return [];
    const counting = row.repeat === 'accumulates' ? nodesOf(node, row) : [nodeOf(node, row)];
    const written = counting.filter((one) => one !== undefined);
    if (written.length === 1)
      return written.map((one) => given(whole, block, keyword, one, typed.get(keyword)));
    if (written.length > 1) return written.map((one) => given(whole, block, keyword, one, undefined));
    return absent(whole, block, keyword, row, typed.get(keyword));
  });

function given(
  { repairs }: Whole,
  block: string,
  keyword: string,
  node: Node,
  typed: string | undefined,
): EffectiveValue {
  const place = node.statement.origin;
  const repair = repairs.get(`${place.file}:${place.line}`);
  return {
    block,
    keyword,
    value: isSecret(keyword) ? '(secret)' : isList(node) ? textOf(node) : (typed ?? repair ?? textOf(node)),
    origin: { kind: repair === undefined ? 'file' : 'repaired', file: place.file, line: place.line },
    inEffect: node.row.inEffect,
  };
}

/** Not in the block: what `global_defs` says of all blocks, or what the table says. */
function absent(
  whole: Whole,
  block: string,
  keyword: string,
  row: Row,
  typed: string | undefined,
): readonly EffectiveValue[] {
  // The opposite of a flag says it.
  if (!row.inEffect || row.default === 'default') return [];
  const [, named, otherwise] = /^global (\w+)(?: \((.*)\))?$/.exec(row.default ?? '') ?? [];
  const general = named === undefined ? undefined : globalNode(whole.tree, named);
  if (general !== undefined) {
    const { file, line } = general.statement.origin;
    const origin = { kind: 'global-default', file, line } as const;
    return [{ block, keyword, value: typed ?? textOf(general), origin, inEffect: true }];
  }
  const value = typed ?? otherwise ?? row.default;
  return value === undefined ? [] : [{ block, keyword, value, origin: { kind: 'default' }, inEffect: true }];
}

const globalRows = rootRows.global_defs.block;

function globalNode(tree: Tree, keyword: string): Node | undefined {
  const row = globalRows?.kind === 'keywords' ? globalRows.rows[keyword] : undefined;
  return row === undefined ? undefined : nodeOf(globalBlock(tree), row);
}

const keywordOf = ({ statement }: Node): string => statement.words[0].text;

const isList = ({ row }: Node): boolean => row.block !== undefined;

const isSecret = (keyword: string): boolean => /pass(?:word)?$|^key$/.test(keyword);

/** Its arguments, or the lines of its list; a flag alone is set. */
function textOf({ statement, entries, row }: Node): string {
  const lines = row.block === undefined ? [statement.words.slice(1)] : entries.map(({ words }) => words);
  return lines.map((words) => words.map(({ text }) => text).join(' ')).join(', ') || 'yes';
}
