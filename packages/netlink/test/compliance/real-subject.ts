import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { openRouteNetlink } from '../../src/index.ts';
import type { Subject } from './subject.ts';

const ip = (...words: readonly string[]): string => execFileSync('ip', words, { encoding: 'utf8' });

/** The kernel tells the state of a carrier a moment after the change. */
function waitUntilRunning(name: string): void {
  for (let attempt = 0; attempt < 200; attempt++) if (ip('link', 'show', name).includes('state UP')) return;
}

/** The kernel of the network namespace this process runs in. A link is one end of a veth pair. */
export function realSubject(): Subject {
  const routes = openRouteNetlink();
  const added = new Set<string>();
  return {
    routes,
    addLink: (name) => {
      ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-peer`);
      added.add(name);
      ip('link', 'set', name, 'up');
      ip('link', 'set', `${name}-peer`, 'up');
      waitUntilRunning(name);
      return Number(readFileSync(`/proc/self/net/dev_snmp6/${name}`, 'utf8').split(/\s+/)[1]);
    },
    setAdminUp: (name, up) => void ip('link', 'set', name, up ? 'up' : 'down'),
    setRunning: (name, running) => void ip('link', 'set', `${name}-peer`, running ? 'up' : 'down'),
    removeLink: (name) => {
      ip('link', 'delete', name);
      added.delete(name);
    },
    setPromoteSecondaries: (name, on) =>
      writeFileSync(`/proc/sys/net/ipv4/conf/${name}/promote_secondaries`, on ? '1' : '0'),
    others: (verb, name, address, prefixLength) =>
      ip('address', verb, `${address}/${prefixLength}`, 'dev', name),
    close: () => {
      routes.close();
      for (const name of added) ip('link', 'delete', name);
    },
  };
}
