import { spawnSync } from 'node:child_process';
import type { ShellCheck } from '../lints/shell-check.ts';

/** `sh -n SCRIPT`: the interpreter reads the script without running any of it. Takes a few milliseconds each. */
export const nodeShellCheck: ShellCheck = {
  check: (interpreter, path) => {
    const { status, stderr } = spawnSync(interpreter, ['-n', path], { encoding: 'utf8', timeout: 5000 });
    if (status === 0 || status === null) return undefined;
    const [first = ''] = stderr.split('\n');
    const [, line] = /(?:line |: )(\d+):/.exec(first) ?? [];
    return { line: line === undefined ? undefined : Number(line), message: first.replace(/^.*?\d+:\s*/, '') };
  },
};
