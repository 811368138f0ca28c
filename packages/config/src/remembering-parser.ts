import { notInEffect } from './build/not-in-effect.ts';
import { nodesOf } from './build/read.ts';
import { nodeFiles } from './files/node-files.ts';
import { type RecordedFiles, recordFiles } from './files/recorded-files.ts';
import { rootRows } from './keywords/root.ts';
import type { Origin } from './language/line.ts';
import type { Lines } from './language/lines.ts';
import { type Statement, tokensOf } from './language/statement.ts';
import { uncheckedServers } from './lints/virtual-servers.ts';
import type { VirtualServer } from './lvs-types.ts';
import { type Parsed, type ParseOptions, type ParseResult, parseWith, type Recall } from './parse-config.ts';
import type { Node } from './parser/node.ts';
import { type ServerBlock, serverBlocks, textOutside } from './parser/server-blocks.ts';

/** Reads a configuration again and again, with what has changed for its cost. */
export interface RememberingParser {
  /**
   * As `parseConfig`. Where nothing has changed the very same result; else every virtual server whose text has not, and
   * outside of which nothing has, is the very same object.
   */
  parse(options: ParseOptions): ParseResult;
  /** Takes note of the last reading for the next one; takes a while after a long file, and may wait for a quiet hour. */
  remember(): void;
}

export function rememberingParser(): RememberingParser {
  let whole: WholeMemory | undefined;
  let blocks: BlockMemory | undefined;
  let unremembered: (() => BlockMemory | undefined) | undefined;

  const remember = (): void => {
    if (unremembered !== undefined) blocks = unremembered();
    unremembered = undefined;
  };
  return {
    parse(options) {
      const question = questionOf(options);
      const now = options.files ?? nodeFiles;
      if (whole?.question === question && whole.unchanged(now)) return whole.result;
      remember();
      const { files, unchanged } = recordFiles(now);
      const parsed = parseWith({ ...options, files }, recallFrom(blocks, question));
      whole = parsed.usesChance ? undefined : { question, unchanged, result: parsed.result };
      unremembered = () => blockMemory(parsed, question);
      return parsed.result;
    },
    remember,
  };
}

interface WholeMemory {
  readonly question: string;
  readonly unchanged: RecordedFiles['unchanged'];
  readonly result: ParseResult;
}

/** Everything that a result depends on besides the files. */
const questionOf = ({
  path,
  configId,
  directory,
  interfaces,
  environment,
  checkIncludes,
  keepIdle,
}: ParseOptions): string =>
  JSON.stringify([
    path,
    configId,
    directory,
    interfaces && [...interfaces],
    environment,
    checkIncludes,
    keepIdle,
  ]);

/** What is remembered of virtual servers, by the text of their blocks. */
interface BlockMemory {
  readonly question: string;
  /** The rest of the file: anything in it may count for a virtual server. */
  readonly outside: string;
  readonly servers: ReadonlyMap<string, RememberedServer>;
}

interface RememberedServer {
  readonly server: VirtualServer;
  /** The lines of real servers without any checker, counted from the first line of the block. */
  readonly unchecked: readonly number[];
}

const recallFrom =
  (memory: BlockMemory | undefined, question: string): Recall =>
  (lines, blocks) => {
    if (memory?.question !== question || textOutside(lines, blocks) !== memory.outside)
      return () => undefined;
    return (block) => {
      const remembered = memory.servers.get(lines.textOf(block.first, block.end));
      if (remembered === undefined) return undefined;
      return {
        server: remembered.server,
        unchecked: statementsAt(lines, block, remembered),
        notInEffect: [],
      };
    };
  };

const statementsAt = (
  lines: Lines,
  { first }: ServerBlock,
  { unchecked }: RememberedServer,
): readonly Statement[] =>
  unchecked.flatMap((offset) => {
    const [token] = tokensOf(lines.at(first + offset));
    return token?.kind === 'statement' ? [token.statement] : [];
  });

/** @returns undefined where a part of the file may not stand for itself */
function blockMemory({ lines, tree, result, isFlawless }: Parsed, question: string): BlockMemory | undefined {
  const blocks = isFlawless ? serverBlocks(lines) : undefined;
  if (blocks === undefined) return undefined;
  const { virtualServers } = result.config;
  const nodes = nodesOf({ children: tree.nodes }, rootRows.virtual_server);
  const byHeader = new Map(
    nodes.map((node, i) => [placeOf(node.statement.origin), { node, server: virtualServers[i] }]),
  );
  // Without a word of complaint each block has become one virtual server; a sequence makes several of one line.
  if (byHeader.size !== virtualServers.length || nodes.length !== virtualServers.length) return undefined;
  const servers = blocks.flatMap((block) => {
    const built = byHeader.get(placeOf(lines.at(block.first).origin));
    if (built?.server === undefined || notInEffect({ nodes: [built.node] }).length > 0) return [];
    const unchecked = offsetsOf(lines, block, built.node);
    return unchecked === undefined
      ? []
      : [[lines.textOf(block.first, block.end), { server: built.server, unchecked }] as const];
  });
  return { question, outside: textOutside(lines, blocks), servers: new Map(servers) };
}

/** @returns undefined where they do not stand on lines of their own */
function offsetsOf(lines: Lines, { first, end }: ServerBlock, node: Node): readonly number[] | undefined {
  const unchecked = new Map(
    uncheckedServers(node).map((statement) => [placeOf(statement.origin), statement]),
  );
  if (unchecked.size === 0) return [];
  const offsets: number[] = [];
  for (let index = first; index < end; index++) {
    const { text, origin } = lines.at(index);
    const statement = unchecked.get(placeOf(origin));
    if (statement !== undefined && text.trimStart().startsWith(statement.text.trim()))
      offsets.push(index - first);
  }
  return offsets.length === uncheckedServers(node).length ? offsets : undefined;
}

const placeOf = ({ file, line }: Origin): string => `${file}:${line}`;
