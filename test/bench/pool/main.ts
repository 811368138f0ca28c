// Long tables and many checks: Holdfast and keepalived in one guest with IPVS, in turn. It measures and judges nothing.
import { fileURLToPath } from 'node:url';
import { attempt } from '../../lab-support/command.ts';
import { runInUml, umlMissing } from '../../uml/uml.ts';
import { measureAlone } from './alone.ts';
import { serve } from './backend.ts';
import { measureInside } from './inside.ts';
import { type PoolOptions, poolUsage, readPoolOptions } from './options.ts';
import { poolReport, readMeasured } from './report.ts';

const memory = '3000M';
const [role, text = ''] = process.argv.slice(2);

if (role === 'backend') serve();
else if (role === 'alone') await measureAlone(JSON.parse(text));
else if (role === 'inside') await measureInside(JSON.parse(text));
else process.exitCode = await measure();

/** @returns the exit code: 0, or 2 when nothing can be measured here */
async function measure(): Promise<number> {
  const hasKeepalived = attempt('keepalived', ['--version']);
  const wanted = readPoolOptions(
    process.argv.slice(2),
    hasKeepalived ? ['Holdfast', 'keepalived'] : ['Holdfast'],
  );
  if (typeof wanted === 'string') return refuse(`bench: ${wanted}\n${poolUsage}`);
  const missing = umlMissing(memory);
  if (missing !== undefined) return refuse(`bench: ${missing}`);
  if (!hasKeepalived) process.stderr.write('keepalived is not installed: Holdfast alone is measured\n');
  const { json, ...options } = wanted;
  const { status, stdout, stderr, console } = await runInUml({
    command: [process.execPath, fileURLToPath(import.meta.url), 'inside', JSON.stringify(options)],
    modules: ['ip_vs', 'ip_vs_rr'],
    memory,
    onLine: (line) => process.stderr.write(`${line}\n`),
    timeoutMilliseconds: longest(options),
  });
  const measured = readMeasured(stdout);
  process.stdout.write(
    json ? `${JSON.stringify(measured, undefined, 2)}\n` : `\n${poolReport(measured).join('\n')}\n`,
  );
  return status === 0 ? 0 : refuse(`bench: the guest has not ended well\n${stderr}\n${console}`);
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

/** Milliseconds; some minutes for each table, more where the machine is busy. */
function longest({ runs, sizes, checks, daemons }: PoolOptions): number {
  return 60_000 + runs * daemons.length * (sizes.length * 240_000 + (checks ? 240_000 : 0));
}
