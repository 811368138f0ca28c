import { nodesOf, readValue } from '../build/read.ts';
import { rootRows } from '../keywords/root.ts';
import { vrrpScriptRows } from '../keywords/vrrp-script.ts';
import { decodeSource } from '../language/source.ts';
import type { Node } from '../parser/node.ts';
import type { ScriptCommand } from '../script-command.ts';
import type { LintSubject } from './subject.ts';

interface ShellScript {
  readonly path: string;
  readonly interpreter: string;
  readonly lines: readonly string[];
}

/** Looks into the shell scripts that `vrrp_script` names: mistakes in them are seen only when they count. */
export function scriptContent(subject: LintSubject): void {
  const seen = new Set<string>();
  for (const node of nodesOf({ children: subject.context.tree.nodes }, rootRows.vrrp_script)) {
    const script = shellScript(subject, node);
    if (script === undefined || seen.has(script.path)) continue;
    seen.add(script.path);
    syntax(subject, script);
    for (const [index, line] of script.lines.entries()) lineOf(subject, script, line, index + 1);
  }
}

/** The program itself if it is a shell script, or the file that a shell is started with. */
function shellScript({ files }: LintSubject, node: Node): ShellScript | undefined {
  const argv: ScriptCommand['argv'] | undefined = readValue(node, vrrpScriptRows.script)?.argv;
  if (argv === undefined) return undefined;
  const shell = shellName(argv[0]);
  const path = shell === undefined ? argv[0] : argv[1];
  if (path?.startsWith('/') !== true || files.stat(path)?.kind !== 'file') return undefined;
  const bytes = files.read(path);
  if (!bytes.ok || bytes.value.length > 1_000_000) return undefined;
  const { lines } = decodeSource(bytes.value);
  const interpreter = shell ?? interpreterOf(lines[0] ?? '');
  return interpreter === undefined ? undefined : { path, interpreter, lines };
}

const shellName = (program: string): string | undefined => /(?:^|\/)((?:ba|da|k|z)?sh)$/.exec(program)?.[1];

function interpreterOf(firstLine: string): string | undefined {
  const [, program, argument] = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(firstLine) ?? [];
  if (program === undefined) return undefined;
  return shellName(program) ?? (program.endsWith('/env') ? shellName(argument ?? '') : undefined);
}

function syntax({ context, shellCheck }: LintSubject, { interpreter, path, lines }: ShellScript): void {
  const complaint = shellCheck?.check(interpreter, path);
  if (complaint === undefined) return;
  const line = complaint.line ?? 1;
  context.reporter.report({
    code: 'script-syntax',
    message: `${interpreter} cannot read the script: ${complaint.message}`,
    origin: { file: path, line, raw: lines[line - 1] ?? '' },
    used: 'the script fails at every run',
    remedy: `run ${interpreter} -n ${path} until it is silent`,
    keepalived: 'none',
  });
}

/** `[ a > b ]`: the sign redirects into a file named b, and the test is true whatever a is. */
const redirectionInTest = /(?:^|[\s;&|(])\[\s+[^[\]"']*?\s>\s*[\w$"]+\s+\]/;
const stopsTheDaemon =
  /\b(?:killall|pkill)\b[^#;|&]*\bkeepalived\b|\b(?:systemctl\s+stop\s+keepalived|service\s+keepalived\s+stop)\b|\/etc\/init\.d\/keepalived\s+stop\b/;

function lineOf({ context }: LintSubject, { path }: ShellScript, raw: string, line: number): void {
  if (raw.trimStart().startsWith('#')) return;
  const origin = { file: path, line, raw };
  const redirection = redirectionInTest.exec(raw);
  if (redirection !== null) {
    context.reporter.report({
      code: 'redirection-in-test',
      severity: 'warning',
      message: '> inside [ ] redirects into a file: the test is always true',
      origin,
      column: redirection.index + redirection[0].indexOf('>'),
      remedy: 'compare numbers with -gt',
    });
  }
  const stop = stopsTheDaemon.exec(raw);
  if (stop !== null) {
    context.reporter.report({
      code: 'script-stops-daemon',
      severity: 'note',
      message: 'the script stops the daemon; when the fault is gone nothing starts it again',
      origin,
      column: stop.index,
      length: stop[0].length,
      remedy: 'let the script end with status 1 instead, and give the vrrp_script a weight or leave it at 0',
    });
  }
}
