import { emptyTally } from '../../scripts/lib/tally.mjs';

/**
 * Reads what a script says of its claims, line by line: `ok NAME`, `not ok NAME`, and `# ...` for people; shows failures
 * and remarks, and adds up.
 * @param {string} where for the names of failures
 */
export function claimReader(where) {
  const tally = emptyTally();
  let rest = '';
  return {
    read(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('ok ')) tally.passed++;
        else console.log(line);
        if (!line.startsWith('not ok ')) continue;
        tally.failed++;
        tally.failures.push(`${where}: ${line.slice('not ok '.length)}`);
      }
    },
    /** @param {number | undefined} status of the script; anything but 0 is a failure of its own */
    tally(status, console_) {
      if (status === 0) return tally;
      if (status === undefined) console.log(console_.split('\n').slice(-20).join('\n'));
      tally.failed++;
      tally.failures.push(`${where}: the script ended with ${status ?? 'the machine'}`);
      return tally;
    },
  };
}
