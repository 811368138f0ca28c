// The laboratory's helpers: programs that run inside a network namespace and report to who started them.
import { echo } from './echo.ts';
import { hold } from './hold.ts';
import { probe } from './probe.ts';
import { sniff } from './sniff.ts';
import { table } from './table.ts';
import { web } from './web.ts';

const [role, ...args] = process.argv.slice(2);
// Who started us holds the other end of standard input: when it is gone, however it ended, so are we.
process.stdin.on('end', () => process.exit(0)).resume();

switch (role) {
  case 'echo':
    echo(args);
    break;
  case 'hold':
    hold(args);
    break;
  case 'probe':
    probe(args);
    break;
  case 'sniff':
    sniff(args);
    break;
  case 'table':
    await table(args);
    break;
  case 'web':
    web(args);
    break;
  default:
    process.stderr.write(`lab-helper: no such role: ${role}\n`);
    process.exit(2);
}
