import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Daemon } from './daemon-run.ts';
import { measureChecks } from './measure-checks.ts';
import { measureSkeleton, measureTable } from './measure-table.ts';
import type { Check } from './pool-text.ts';
import { watchTable } from './table-watch.ts';

/** What one process measures, in a network namespace in which nothing was before. */
export type Task =
  | { readonly kind: 'skeleton'; readonly daemon: Daemon }
  | { readonly kind: 'table'; readonly daemon: Daemon; readonly servers: number }
  | { readonly kind: 'checks'; readonly daemon: Daemon; readonly check: Check; readonly delayLoop: number };

/** Measures one thing and says the figures as a line of JSON. */
export async function measureAlone(task: Task): Promise<void> {
  preparePlace();
  const backend = fork(fileURLToPath(import.meta.url), ['backend']);
  await once(backend, 'message');
  process.stdout.write(`${JSON.stringify(await figuresOf(task))}\n`);
  backend.kill();
}

async function figuresOf(task: Task): Promise<object> {
  if (task.kind === 'skeleton') return measureSkeleton(task.daemon);
  const watch = await watchTable();
  try {
    return task.kind === 'table'
      ? await measureTable(task.daemon, task.servers, watch)
      : await measureChecks(task.daemon, task.check, task.delayLoop, watch);
  } finally {
    watch.close();
  }
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
