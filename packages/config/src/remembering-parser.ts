import { notInEffect } from './build/not-in-effect.ts';
import { nodesOf } from './build/read.ts';
import { nodeFiles } from './files/node-files.ts';
import { type RecordedFiles, recordFiles } from './files/recorded-files.ts';
import { rootRows } from './keywords/root.ts';
import type { Line } from './language/line.ts';
import { type Statement, tokensOf } from './language/statement.ts';
import { uncheckedServers } from './lints/virtual-servers.ts';
import type { VirtualServer } from './lvs-types.ts';
import { type Parsed, type ParseOptions, type ParseResult, parseWith, type Recall } from './parse-config.ts';
import type { Node } from './parser/node.ts';
import { type ServerBlock, serverBlocks } from './parser/server-blocks.ts';

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
  readonly rest: string;
  readonly servers: ReadonlyMap<string, RememberedServer>;
}

interface RememberedServer {
  readonly server: VirtualServer;
  /** The lines of real servers without any checker, counted from the first line of the block. */
  readonly unchecked: readonly number[];
}

const recallFrom =
  (memory: BlockMemory | undefined, question: string): Recall =>
  (lines) => {
    if (memory === undefined || memory.question !== question) return undefined;
    const found = serverBlocks(lines);
    if (found === undefined || found.rest !== memory.rest) return undefined;
    let at = 0;
    const items = found.blocks.flatMap((block) => {
      const remembered = memory.servers.get(block.text);
      const header = lines[block.first];
      if (remembered === undefined || header === undefined) return [];
      const before = lines.slice(at, block.first);
      at = block.end;
      const known = { server: remembered.server, unchecked: statementsAt(lines, block, remembered) };
      return [...before, { header, known }];
    });
    return [...items, ...lines.slice(at)];
  };

const statementsAt = (
  lines: readonly Line[],
  { first }: ServerBlock,
  { unchecked }: RememberedServer,
): readonly Statement[] =>
  unchecked.flatMap((offset) => {
    const line = lines[first + offset];
    const [token] = line === undefined ? [] : tokensOf(line);
    return token?.kind === 'statement' ? [token.statement] : [];
  });

/** @returns undefined where a part of the file may not stand for itself */
function blockMemory({ lines, tree, result, isFlawless }: Parsed, question: string): BlockMemory | undefined {
  const found = isFlawless ? serverBlocks(lines) : undefined;
  if (found === undefined) return undefined;
  const { virtualServers } = result.config;
  const nodes = nodesOf({ children: tree.nodes }, rootRows.virtual_server);
  const byHeader = new Map(
    nodes.map((node, i) => [node.statement.origin, { node, server: virtualServers[i] }]),
  );
  // Without a word of complaint each block has become one virtual server; a sequence makes several of one line.
  if (byHeader.size !== virtualServers.length || nodes.length !== virtualServers.length) return undefined;
  const servers = found.blocks.flatMap((block) => {
    const header = lines[block.first];
    const built = header && byHeader.get(header.origin);
    if (built?.server === undefined || notInEffect({ nodes: [built.node] }).length > 0) return [];
    const unchecked = offsetsOf(lines, block, built.node);
    return unchecked === undefined ? [] : [[block.text, { server: built.server, unchecked }] as const];
  });
  return { question, rest: found.rest, servers: new Map(servers) };
}

/** @returns undefined where they do not stand on lines of their own */
function offsetsOf(
  lines: readonly Line[],
  { first, end }: ServerBlock,
  node: Node,
): readonly number[] | undefined {
  const unchecked = new Map(uncheckedServers(node).map((statement) => [statement.origin, statement]));
  if (unchecked.size === 0) return [];
  const offsets = lines.slice(first, end).flatMap((line, offset) => {
    const statement = unchecked.get(line.origin);
    const isFirst = statement !== undefined && line.text.trimStart().startsWith(statement.text.trim());
    return isFirst ? [offset] : [];
  });
  return offsets.length === uncheckedServers(node).length ? offsets : undefined;
}
