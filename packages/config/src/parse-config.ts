import { seededRandom } from '@holdfast/kit';
import type { Context } from './build/context.ts';
import { buildDefaults, buildGlobal, globalBlock } from './build/global.ts';
import { type IdleNotify, idleNotify } from './build/idle-notify.ts';
import { buildInstance } from './build/instance.ts';
import { notInEffect } from './build/not-in-effect.ts';
import { nodesOf } from './build/read.ts';
import { buildScripts } from './build/script.ts';
import { syncGroupMembers as groupsOf, type SyncGroupMembers } from './build/sync-group-members.ts';
import { buildVirtualServers } from './build/virtual-server.ts';
import type { Diagnostic, NotInEffect } from './diagnostics/diagnostic.ts';
import { withIncludes } from './diagnostics/included-from.ts';
import { createReporter, type Reporter } from './diagnostics/report.ts';
import { unsilenced } from './diagnostics/silence.ts';
import type { FileSystem } from './files/file-system.ts';
import type { Interfaces } from './files/interfaces.ts';
import { nodeFiles } from './files/node-files.ts';
import { rootRows } from './keywords/root.ts';
import { vrrpInstanceRows } from './keywords/vrrp-instance.ts';
import { allChecks, noChecks } from './language/include.ts';
import { allOf, type Lines } from './language/lines.ts';
import { preprocess } from './language/preprocess.ts';
import { findCommentedDefinition } from './lints/commented-definition.ts';
import { lint, lintServers, lintThoroughly } from './lints/lint.ts';
import type { ShellCheck } from './lints/shell-check.ts';
import type { KnownAccounts } from './lints/subject.ts';
import type { Node, Tree } from './parser/node.ts';
import { parseTree } from './parser/parse-tree.ts';
import { type ServerBlock, serverBlocks } from './parser/server-blocks.ts';
import { type BuiltInstance, duplicateRouterIds, unusedScripts } from './rules/configuration.ts';
import { nameTables } from './rules/name-tables.ts';
import { namedInterfaces } from './rules/named-interfaces.ts';
import { missingNamespace } from './rules/namespace.ts';
import { requiredKeywords } from './rules/required.ts';
import { withSyncInstance } from './rules/sync-daemon.ts';
import { syncGroupMembers } from './rules/sync-groups.ts';
import { trackedNames as trackedNamesDefined } from './rules/tracked-names.ts';
import { virtualMacs } from './rules/virtual-mac.ts';
import type { Config, VrrpScript } from './types.ts';
import { type KnowsServer, withoutServers, withServersRead, withServersToTell } from './unread-servers.ts';

export interface ParseOptions {
  /** A file name or glob pattern, as behind `-f`. */
  readonly path: string;
  /** What `@ID` lines are compared with (`-i`): by default the host name up to its first dot, which the caller knows. */
  readonly configId: string;
  /** The machine's file system by default. */
  readonly files?: FileSystem;
  /** Where a relative `path` starts; the root by default. */
  readonly directory?: string;
  /** Names and addresses of the machine's interfaces; `undefined`: nothing is checked against them. */
  readonly interfaces?: Interfaces | undefined;
  /** For `${_ENV NAME}`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For `${_RANDOM}`. */
  readonly seed?: number;
  /** `-e`: includes that find nothing are fatal. */
  readonly checkIncludes?: boolean;
  /** Asks a shell whether a script can be read by it; without it scripts are looked at, but not checked for syntax. */
  readonly shellCheck?: ShellCheck;
  /** Looks at everything, as somebody who asks for a check wants it; a daemon that starts has less time. */
  readonly thorough?: boolean;
  /** The machine that the file is for is this one: with `thorough`, programs and accounts that are not here are told. */
  readonly accounts?: KnownAccounts | undefined;
  /** Keeps instances of IPv6, which are read but not run yet, in `config`: for who only looks, and runs nothing. */
  readonly keepIdle?: boolean;
}

export interface ParseResult {
  /** What can be run of the file. */
  readonly config: Config;
  /** In the order of the text, file by file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Scripts that are fit to run and not run, as no running instance tracks them: keepalived looks at them all the same. */
  readonly idleScripts: readonly VrrpScript[];
  /** Scripts of sync groups, and of instances that cannot run: nothing calls them, and keepalived looks at them too. */
  readonly idleNotify: readonly IdleNotify[];
  /** Every file that was read. */
  readonly files: readonly string[];
  /** Keywords that are accepted and do nothing yet, each once. */
  readonly notInEffect: readonly NotInEffect[];
  /** `vrrp_sync_group` as written, for comparisons. */
  readonly syncGroups: readonly SyncGroupMembers[];
}

/** Reads a configuration with everything it includes. Never throws: what is wrong is in the diagnostics. */
export const parseConfig = (options: ParseOptions): ParseResult => parseWith(options, knowsNothing).result;

export const knowsNothing: Recall = () => () => undefined;

/** What a reading leaves behind for the next one. */
export interface Parsed {
  readonly result: ParseResult;
  readonly lines: Lines;
  readonly tree: Tree;
  /** Tree and configuration were built without a word: only then a part of them may stand for the same text again. */
  readonly isFlawless: boolean;
  /** Reading it again gives another result: `${_RANDOM}`. */
  readonly usesChance: boolean;
}

/** What is known of the virtual servers of a file from a reading before. */
export type Recall = (lines: Lines, blocks: readonly ServerBlock[]) => KnowsServer;

/**
 * Reads a configuration.
 * @param recall knows virtual servers of a reading before. `tree`: the tree of keywords is wanted with everything in it
 */
export function parseWith(options: ParseOptions, recall: Recall | 'tree'): Parsed {
  const files = options.files ?? nodeFiles;
  const reporter = createReporter();
  const chance = seededRandom(options.seed ?? 1);
  let usesChance = false;
  const {
    lines,
    files: filesRead,
    includedBy,
  } = preprocess({
    pattern: options.path,
    directory: options.directory ?? '/',
    files,
    configId: options.configId,
    environment: options.environment ?? {},
    random: {
      ...chance,
      whole: (low, high) => {
        usesChance = true;
        return chance.whole(low, high);
      },
    },
    includeChecks: options.checkIncludes === true ? allChecks : noChecks,
    report: reporter.report,
  });
  const request = { options, files, filesRead };
  const knows = recall === 'tree' ? undefined : recall;
  const built = builtFrom(parsed(lines, knows, reporter, request), reporter, request);
  const { tree, context, config, idleScripts, idleNotify } = built;
  const { shellCheck, accounts } = options;
  const subject = { context, config, files, shellCheck, accounts };
  lint(subject);
  if (options.thorough === true) {
    const shown = withServersToTell(context, (one) => lintServers({ ...subject, context: one }));
    lintThoroughly({ ...subject, context: { ...context, tree: shown } });
  }
  nameTables(context, files);
  missingNamespace(context, files);
  const result = {
    config,
    diagnostics: withIncludes(unsilenced(inOrder(context.reporter.diagnostics(), filesRead)), includedBy),
    idleScripts,
    idleNotify,
    files: filesRead,
    notInEffect: notInEffect(tree),
    syncGroups: groupsOf(tree),
  };
  return { result, lines, tree, isFlawless: built.isSilent, usesChance };
}

interface Request {
  readonly options: ParseOptions;
  readonly files: FileSystem;
  readonly filesRead: readonly string[];
}

interface Built extends Pick<ParseResult, 'config' | 'idleScripts' | 'idleNotify'> {
  readonly tree: Tree;
  readonly context: Context;
  /** Nothing has been reported until here. */
  readonly isSilent: boolean;
}

/** The tree of a file: each virtual server is read by itself, or recalled, where one knows where it begins and ends. */
function parsed(lines: Lines, recall: Recall | undefined, reporter: Reporter, request: Request): Tree {
  const blocks = recall === undefined ? undefined : serverBlocks(lines);
  if (recall === undefined || blocks === undefined || blocks.length === 0)
    return parseTree([allOf(lines)], reporter.report);
  const tree = parseTree(withoutServers(lines, blocks, recall(lines, blocks)), reporter.report);
  return withServersRead(contextOf(tree, reporter, request));
}

function builtFrom(tree: Tree, reporter: Reporter, request: Request): Built {
  const context = contextOf(tree, reporter, request);
  return { tree, context, ...build(context), isSilent: reporter.diagnostics().length === 0 };
}

function contextOf(tree: Tree, reporter: Reporter, { options, files, filesRead }: Request): Context {
  const order = new Map(tree.nodes.map((node, index) => [node, index]));
  return {
    tree,
    reporter,
    global: buildGlobal(tree),
    defaults: buildDefaults(globalBlock(tree)),
    interfaces: options.interfaces,
    keepsIdle: options.keepIdle === true,
    order: (node) => order.get(node) ?? 0,
    commentedDefinition: (name) => findCommentedDefinition(name, { files, filesRead }),
    trackedNames: once(() => trackedNames(tree)),
  };
}

function build(context: Context): Pick<ParseResult, 'config' | 'idleScripts' | 'idleNotify'> {
  const scripts = buildScripts(context);
  const built: BuiltInstance[] = [];
  for (const node of nodesOf({ children: context.tree.nodes }, rootRows.vrrp_instance)) {
    const instance = buildInstance(context, node, scripts);
    if (instance !== undefined) built.push({ instance, node });
  }
  duplicateRouterIds(context, built);
  syncGroupMembers(context);
  requiredKeywords(context);
  trackedNamesDefined(context);
  virtualMacs(context);
  namedInterfaces(context);
  const used = new Set(unusedScripts(context, scripts, built).map(({ script }) => script));
  const defined = [...scripts.values()].map(({ script }) => script);
  const config = {
    global: withSyncInstance(context, built),
    vrrpScripts: defined.filter((script) => used.has(script)),
    vrrpInstances: built.map(({ instance }) => instance),
    virtualServers: buildVirtualServers(context),
  };
  // Without any instance keepalived does not come to look at scripts.
  const hasInstances = nodesOf({ children: context.tree.nodes }, rootRows.vrrp_instance).length > 0;
  return {
    config,
    idleScripts: hasInstances ? defined.filter((script) => !used.has(script)) : [],
    idleNotify: idleNotify(context.tree.nodes, new Set(built.map(({ node }) => node))),
  };
}

const groupBlock = rootRows.vrrp_sync_group.block;
const groupTrackScript = groupBlock?.kind === 'keywords' ? groupBlock.rows['track_script'] : undefined;

/** Every name that stands in a `track_script`, whether it could be used or not. */
function trackedNames(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (nodes: readonly Node[]): void => {
    for (const { row, entries, children } of nodes) {
      if (row === vrrpInstanceRows.track_script || row === groupTrackScript) {
        for (const entry of entries) names.add(entry.words[0].text);
      }
      visit(children);
    }
  };
  visit(tree.nodes);
  return names;
}

function once<T>(compute: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => {
    cached ??= { value: compute() };
    return cached.value;
  };
}

/** By file in the order of reading, then by line and column; what concerns a file as a whole comes first. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  return diagnostics.toSorted(
    (a, b) => (rank.get(a.file) ?? -1) - (rank.get(b.file) ?? -1) || a.line - b.line || a.column - b.column,
  );
}
