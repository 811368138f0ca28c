// Builds what is needed and measures how long a check of a long configuration takes, ours and keepalived's in turn:
// node test/bench/check.mjs [--runs N] [--sizes N,N] [--json]. Needs GNU time (Debian's package time).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from '../../scripts/build.mjs';
import { findProgram, runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1000,10000,100000' },
    json: { type: 'boolean', default: false },
  },
});

const serversOfOne = 100;

/** A hundred real servers to a virtual server, each with a TCP_CHECK. @param count of all real servers */
function configuration(count) {
  const pool = (index) =>
    [
      `virtual_server 10.${100 + Math.trunc(index / 250)}.${index % 250}.1 80 {`,
      '    delay_loop 10\n    lb_algo rr\n    lb_kind NAT\n    protocol TCP',
      ...Array.from({ length: Math.min(serversOfOne, count) }, (_, i) =>
        realServer(index * serversOfOne + i),
      ),
      '}',
    ].join('\n');
  const pools = Array.from({ length: Math.ceil(count / serversOfOne) }, (_, index) => pool(index));
  return `global_defs {\n    router_id check\n}\n${pools.join('\n')}\n`;
}

const realServer = (index) =>
  [
    `    real_server 10.${1 + Math.trunc(index / 62_500)}.${Math.trunc(index / 250) % 250}.${(index % 250) + 1} 80 {`,
    '        weight 1',
    '        TCP_CHECK {',
    '            connect_timeout 3',
    '            connect_port 80',
    '        }',
    '    }',
  ].join('\n');

const units = { wall: 's', processor: 's', memory: 'MB', faults: '' };

/** One check as a process: seconds, megabytes at its largest, minor page faults. */
async function measure(time, [program, ...words], folder) {
  const into = join(folder, 'time');
  const args = ['-f', '%e %U %S %M %R', '-o', into, program, ...words];
  const { status, output } = await runQuietly(time, args);
  if (status !== 0) throw new Error(`${program} ends with ${status}: ${output.slice(0, 500)}`);
  const [wall, user, system, kilobytes, faults] = readFileSync(into, 'utf8').trim().split(/\s+/).map(Number);
  return { wall, processor: user + system, memory: kilobytes / 1000, faults };
}

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[sorted.length >> 1] + sorted[(sorted.length - 1) >> 1]) / 2;
};

/** Medians of each figure, daemon by daemon. */
async function compare(contenders, time, folder) {
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  // The first round warms up the machine and is not counted.
  for (let round = 0; round <= Number(options.runs); round++) {
    for (const { name, command } of contenders) {
      const measured = await measure(time, command, folder);
      if (round > 0) runs.get(name).push(measured);
    }
  }
  const medians = (measured) =>
    Object.fromEntries(
      Object.keys(units).map((figure) => [figure, median(measured.map((one) => one[figure]))]),
    );
  return Object.fromEntries([...runs].map(([name, measured]) => [name, medians(measured)]));
}

function print(size, { holdfast, keepalived }) {
  console.log(`${size} real servers`);
  for (const [figure, unit] of Object.entries(units)) {
    const shown = (value) => `${unit === 's' ? value.toFixed(2) : value.toFixed(0)} ${unit}`.trim();
    const theirs = keepalived?.[figure];
    const beside =
      theirs === undefined
        ? ''
        : `, keepalived ${shown(theirs)}, ratio ${theirs === 0 ? '-' : (holdfast[figure] / theirs).toFixed(2)}`;
    console.log(`  ${figure.padEnd(9)} holdfast ${shown(holdfast[figure])}${beside}`);
  }
}

const time = findProgram('time');
if (time === undefined) {
  console.error('check: GNU time is not installed. Run: apt-get install time');
  process.exit(1);
}
await buildAll();
const folder = mkdtempSync(join(tmpdir(), 'holdfast-check-'));
try {
  const results = [];
  for (const size of options.sizes.split(',').map(Number)) {
    const file = join(folder, `${size}.conf`);
    writeFileSync(file, configuration(size), { mode: 0o644 });
    const keepalived = findProgram('keepalived');
    const contenders = [
      {
        name: 'holdfast',
        command: [process.execPath, join(root, 'dist', 'holdfastd.mjs'), '-t', '-f', file],
      },
      ...(keepalived === undefined ? [] : [{ name: 'keepalived', command: [keepalived, '-t', '-f', file] }]),
    ];
    const result = await compare(contenders, time, folder);
    results.push({ size, ...result });
    if (!options.json) print(size, result);
  }
  if (options.json) console.log(JSON.stringify({ node: process.version, units, results }, undefined, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
