import { createInterface } from 'node:readline';
import type { SniffedAdvert } from './helper/sniff.ts';
import { helperProgram } from './helper-program.ts';
import type { Network } from './network.ts';
import { until } from './until.ts';

/** An advert that a router sent. */
export interface SeenAdvert extends SniffedAdvert {
  /** The router whose cable it came through. */
  readonly host: string;
}

export interface AdvertWatch {
  readonly adverts: readonly SeenAdvert[];
  /** Adverts of a router since a point of CLOCK_MONOTONIC in microseconds. */
  readonly from: (host: string, since?: number) => readonly SeenAdvert[];
}

/** Watches the adverts at the switch's end of every router's cable. Resolves when it listens. */
export async function watchAdverts(network: Network): Promise<AdvertWatch> {
  const hosts = new Map(network.routers.map((host) => [network.port(host), host]));
  const adverts: SeenAdvert[] = [];
  let listening = false;
  const child = network.start('switch', helperProgram('sniff', ...hosts.keys()), { stdin: 'pipe' });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += String(chunk);
  });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const report: SniffedAdvert | 'listening' = JSON.parse(line);
      if (report === 'listening') listening = true;
      else adverts.push({ ...report, host: hosts.get(report.port) ?? report.port });
    });
  }
  await until(
    () => `the sniffer listens\n${complaint}`,
    10_000,
    () => listening,
  );
  return {
    adverts,
    from: (host, since = 0) => adverts.filter((advert) => advert.host === host && advert.at >= since),
  };
}
