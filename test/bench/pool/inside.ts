import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Daemon } from './daemon-run.ts';
import { measureChecks } from './measure-checks.ts';
import { measureSkeleton, measureTable } from './measure-table.ts';
import type { PoolOptions } from './options.ts';
import { watchTable } from './table-watch.ts';

/** One line of what the guest has measured. */
export interface PoolMeasured {
  readonly what: string;
  readonly daemon: Daemon;
  readonly figures: Readonly<Record<string, number>>;
}

/** Measures in this kernel, and says each result as a line of JSON. */
export async function measureInside({ runs, sizes, checks, daemons }: PoolOptions): Promise<void> {
  preparePlace();
  const backend = fork(fileURLToPath(import.meta.url), ['backend']);
  await once(backend, 'message');
  const watch = await watchTable();
  const tell = (what: string, daemon: Daemon, figures: object): void => {
    const measured = { what, daemon, figures: Object.fromEntries(Object.entries(figures)) };
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  };
  // The first start of a program in a guest reads it from the disk.
  for (const daemon of daemons) await measureSkeleton(daemon);
  for (let run = 0; run < runs; run++) {
    // Who begins changes.
    const turn = run % 2 === 0 ? daemons : daemons.toReversed();
    for (const size of sizes)
      for (const daemon of turn) tell(`table ${size}`, daemon, await measureTable(daemon, size, watch));
    if (!checks) continue;
    for (const daemon of turn) tell('tcp checks', daemon, await measureChecks(daemon, 'tcp', 1, watch));
    for (const daemon of turn) tell('http checks', daemon, await measureChecks(daemon, 'http', 2, watch));
  }
  backend.kill();
  process.exit(0);
}

/** Every real server is this machine; ports of finished checks are free again soon. */
function preparePlace(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['route', 'replace', 'local', '10.8.0.0/16', 'dev', 'lo']);
  for (const [name, value] of Object.entries({
    ip_local_port_range: '1024 65000',
    tcp_max_syn_backlog: '8192',
  }))
    writeFileSync(`/proc/sys/net/ipv4/${name}`, value);
}
