import { expect, test } from 'vitest';
import { diagnosticLine, formatDiagnostic } from '../src/diagnostics/format.ts';
import { parse } from './parse.ts';

test('a line for the log says in one sentence what is wrong, what becomes of it, and what to do', () => {
  const lines = ['interface eth0', 'virtual_router_id 551', 'virtual_ipaddress {', '10.0.0.1/24', '}'];
  const [diagnostic] = parse(`vrrp_instance V {\n${lines.join('\n')}\n}\n`).diagnostics;
  if (diagnostic === undefined) throw new TypeError('nothing is said of 551');
  expect(diagnosticLine(diagnostic)).toMatch(
    /^\(\S+: Line \d+\) virtual_router_id 551 is outside 1 to 255; the daemon does not run without it; write a value from 1 to 255$/,
  );
  expect(formatDiagnostic(diagnostic)).toContain('  used: nothing: the daemon does not run without it');
});
