import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Interfaces, nodeShellCheck, type ParseResult, parseConfig } from '@holdfast/config';
import { machineAccounts, machineScriptFiles, vetConfig } from '@holdfast/core/scripts';
import { type Addon, loadAddon } from '@holdfast/native';
import type { Link, LinkAddress } from '@holdfast/netlink';
import type { Configuration, Facts } from './facts.ts';
import { missingCapabilities } from './probes/capabilities.ts';
import { asking } from './probes/claims.ts';
import { clock } from './probes/clock.ts';
import { daemons } from './probes/daemons.ts';
import { firewall } from './probes/firewall.ts';
import { interfaces } from './probes/interfaces.ts';
import { ipvs } from './probes/ipvs.ts';
import { listen } from './probes/listen.ts';
import { listeners } from './probes/listeners.ts';
import { log } from './probes/log.ts';
import { boundInFiles } from './probes/service-files.ts';
import { sysctls } from './probes/sysctls.ts';
import { ears, type Machine, questions } from './survey.ts';
import { virtualAddresses } from './virtual-addresses.ts';

export interface Observation {
  readonly path: string;
  readonly directory: string;
  readonly configId: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Seconds; undefined: as the advertisement intervals demand. */
  readonly listen: number | undefined;
}

/** Looks at the machine. Changes nothing; probes of ARP and neighbour discovery are all that it sends. */
export async function observe(plan: Observation): Promise<Facts> {
  const addon = loadAddon();
  const { links, addresses } = await interfaces();
  const configuration = configured(plan, namedInterfaces(links, addresses));
  const { config } = configuration.result;
  const names = [config.global.processNames.parent, config.global.processNames.vrrp, 'keepalived'];
  return {
    configuration,
    missingCapabilities: missingCapabilities(),
    isRoot: process.getuid?.() === 0,
    ipvs: ipvs(config),
    sysctls: sysctls(links.map(({ name }) => name)),
    links,
    addresses,
    listeners: listeners(),
    boundInFiles: boundInFiles(new Set(virtualAddresses(config).map(({ virtual }) => virtual.address))),
    firewall: firewall(),
    daemons: daemons(new Set(names.filter((name) => name !== undefined))),
    ...(await heardOnTheWire(addon, configuration.result, { links, addresses }, plan.listen)),
    clock: clock(),
    log: log(addon),
  };
}

/** From the kernel itself: /sys may still show another network namespace's. */
const namedInterfaces = (links: readonly Link[], addresses: readonly LinkAddress[]): Interfaces =>
  new Map(links.map(({ name, index }) => [name, addresses.filter((one) => one.index === index)]));

function configured(
  { path, directory, configId, environment }: Observation,
  interfaces: Interfaces,
): Configuration {
  const result = parseConfig({
    path,
    directory,
    configId,
    environment,
    interfaces,
    shellCheck: nodeShellCheck,
    // The network can be looked at before the daemon serves them.
    keepIdle: true,
  });
  const { disabled, tolerated } = vetConfig(result.config, machineAccounts, machineScriptFiles());
  const modified = result.files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return {
    path,
    result,
    scripts: { disabled, tolerated },
    modifiedAt: modified.length === 0 ? undefined : Math.max(...modified),
  };
}

/** Two adverts of the slowest instance and a little more, but nobody waits for long intervals. */
const patience = { least: 1, most: 5 } as const;

async function heardOnTheWire(
  addon: Addon,
  { config }: ParseResult,
  machine: Machine,
  wished: number | undefined,
): Promise<Pick<Facts, 'heard' | 'listened' | 'claims'>> {
  const usable = ears(config, machine);
  const slowest = Math.max(0, ...config.vrrpInstances.map(({ advertInterval }) => advertInterval / 1e6));
  const seconds = wished ?? Math.min(patience.most, Math.max(patience.least, 2.2 * slowest));
  if (seconds === 0 || usable.length === 0) return { heard: undefined, listened: 0, claims: [] };
  try {
    const hearing = listen(addon, usable);
    const probe = asking(addon, questions(config, machine));
    for (let round = 0; round < 3; round++) {
      probe.ask();
      await setTimeout((seconds * 1000) / 3);
    }
    const [heard, claims] = [hearing.heard(), probe.claims()];
    hearing.close();
    probe.close();
    return { heard, listened: seconds, claims };
  } catch {
    // EPERM: that rights are missing is a finding of its own.
    return { heard: undefined, listened: 0, claims: [] };
  }
}
