import { expect, test } from 'vitest';
import { tell } from './sandbox.ts';

/** What the daemon's tests need. */
export const daemonNeeds = {
  root: true,
  tools: ['unshare', 'ip', 'killall', 'pidof', 'pgrep', 'ss', 'setpriv', 'mknod'],
};

/** A test that is a story in the shell and what it must have printed. */
export function story(
  name: string,
  text: string,
  expected: readonly (string | RegExp)[],
  files: Readonly<Record<string, string>> = {},
  environment: () => Readonly<Record<string, string>> = () => ({}),
): void {
  test.concurrent(name, async () => {
    const { output } = await tell(text, files, environment());
    const lines = output.split('\n');
    const mismatch = expected.findIndex((line, n) => {
      const printed = lines[n] ?? '(nothing)';
      return typeof line === 'string' ? line !== printed : !line.test(printed);
    });
    const shown = mismatch < 0 ? undefined : `line ${mismatch + 1}: ${String(expected[mismatch])}\n${output}`;
    expect(shown).toBeUndefined();
    expect(lines.length, output).toBe(expected.length);
  });
}
