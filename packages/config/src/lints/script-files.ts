import { posix } from 'node:path';
import type { ScriptArgument } from '../arguments/script.ts';
import type { FileStatus } from '../files/file-system.ts';
import { miscCheckRows } from '../keywords/checkers.ts';
import { syncGroupRows } from '../keywords/later/root.ts';
import { realServerRows } from '../keywords/real-server.ts';
import type { Row } from '../keywords/row.ts';
import { virtualServerRows } from '../keywords/virtual-server.ts';
import { vrrpInstanceRows } from '../keywords/vrrp-instance.ts';
import { vrrpScriptRows } from '../keywords/vrrp-script.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Keywords that name a program. */
const programs: readonly Row<ScriptArgument>[] = [
  vrrpScriptRows.script,
  vrrpInstanceRows.notify,
  vrrpInstanceRows.notify_master,
  vrrpInstanceRows.notify_backup,
  vrrpInstanceRows.notify_fault,
  vrrpInstanceRows.notify_stop,
  vrrpInstanceRows.notify_master_rx_lower_pri,
  syncGroupRows.notify,
  syncGroupRows.notify_master,
  syncGroupRows.notify_backup,
  syncGroupRows.notify_fault,
  syncGroupRows.notify_stop,
  virtualServerRows.quorum_up,
  virtualServerRows.quorum_down,
  realServerRows.notify_up,
  realServerRows.notify_down,
  miscCheckRows.misc_path,
];

/** Who may write to a program that the daemon runs is as mighty as the daemon. */
export function scriptWritableByOthers({ context, files }: LintSubject): void {
  const told = new Set<string>();
  for (const { statement, argv } of programsIn(context.tree.nodes)) {
    for (const path of argv.slice(0, 2).filter((word) => word.startsWith('/'))) {
      const place = told.has(path) ? undefined : writablePlace(path, files.stat);
      told.add(path);
      if (place === undefined) continue;
      remark(context, statement, {
        code: 'script-writable-by-others',
        severity: 'warning',
        word: 1,
        message:
          place === path
            ? `others than root may write to ${path}, which the daemon runs`
            : `others than root may write to ${place}, and so put another ${path} there`,
        remedy: `chmod go-w ${place}`,
      });
    }
  }
}

/** The daemon leaves such a program out: what it was to watch is not watched, whom it was to tell is not told. */
export function programMissing({ context, files, accounts }: LintSubject): void {
  if (accounts === undefined) return;
  for (const { statement, argv } of programsIn(context.tree.nodes)) {
    const [path = ''] = argv;
    const why = path.startsWith('/') ? whyNotRun(path, files.stat(path)) : undefined;
    if (why === undefined) continue;
    remark(context, statement, {
      code: 'program-cannot-run',
      severity: 'error',
      word: 1,
      message: why,
      used: 'nothing: the daemon leaves it out',
      remedy: 'correct the path; for a file that is meant for another machine use --no-interfaces',
    });
  }
}

function whyNotRun(path: string, status: FileStatus | undefined): string | undefined {
  if (status === undefined) return `there is no file ${path}`;
  if (status.kind !== 'file') return `${path} is no file that can be run`;
  return (status.mode & 0o111) === 0 ? `${path} is not executable: chmod +x ${path}` : undefined;
}

/** A program where a keyword names it. */
interface Program extends ScriptArgument {
  readonly statement: Statement;
}

export function programsIn(nodes: readonly Node[]): readonly Program[] {
  return nodes.flatMap((node) => {
    if (node.row.block !== undefined) return programsIn(node.children);
    const row = programs.find((one) => one === node.row);
    const value = row?.argument.read(node.statement).value;
    return value === undefined ? [] : [{ statement: node.statement, ...value }];
  });
}

/** The file itself, or the folder on the way to it in which it can be exchanged; a sticky folder guards its files. */
function writablePlace(path: string, stat: LintSubject['files']['stat']): string | undefined {
  const file = stat(path);
  if (file?.kind !== 'file') return undefined;
  if (isOpen(file)) return path;
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const status = stat(folder);
    if (status !== undefined && isOpen(status) && (status.mode & 0o1000) === 0) return folder;
    if (folder === '/') return undefined;
  }
}

const isOpen = ({ mode, gid }: FileStatus): boolean =>
  (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0);
