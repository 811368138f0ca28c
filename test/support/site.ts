import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../lab-support/command.ts';
import { LabError } from '../lab-support/lab-error.ts';
import { onExit } from '../lab-support/on-exit.ts';
import { until } from '../lab-support/until.ts';
import { type Machine, startMachine } from './machine.ts';

/** A machine of a site: its name, and for each of its network cards the address with prefix length. */
export interface MachinePlan {
  readonly name: string;
  readonly cards: Readonly<Record<string, string>>;
}

/** Machines whose cards are all on one switch. */
export interface Site {
  readonly machine: (name: string) => Machine;
  readonly unplug: (name: string) => void;
}

/** What a site needs of the computer that it is made on. */
export const siteNeeds = { root: true, tools: ['ip', 'unshare', 'nsenter', 'killall', 'ps', 'bash'] };

/** Makes the machines, runs the test, and ends everything in them. */
export async function withSite(
  plans: readonly MachinePlan[],
  test: (site: Site) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-site-${process.pid}-`));
  const machines = new Map<string, Machine>();
  const close = (): void => {
    for (const machine of machines.values()) machine.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = onExit(close);
  try {
    const started = await Promise.all(
      ['switch', ...plans.map(({ name }) => name)].map((name) => startMachine(name, join(folder, name))),
    );
    for (const machine of started) machines.set(machine.name, machine);
    const machine = (name: string): Machine => {
      const known = machines.get(name);
      if (known === undefined) throw new LabError(`no machine is called ${name}`);
      return known;
    };
    await layCables(plans, machine);
    await test({
      machine,
      unplug: (name) =>
        command('nsenter', [
          '-t',
          String(machine('switch').pid),
          '-n',
          'ip',
          'link',
          'set',
          `p0-${name}`,
          'down',
        ]),
    });
  } finally {
    forget();
    close();
  }
}

async function layCables(plans: readonly MachinePlan[], machine: (name: string) => Machine): Promise<void> {
  const inside = (name: string, lines: readonly string[]): string =>
    command('nsenter', ['-t', String(machine(name).pid), '-n', 'ip', '-batch', '-'], `${lines.join('\n')}\n`);
  inside('switch', [
    'link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0',
    'link set br0 up',
  ]);
  for (const { name, cards } of plans) {
    for (const [index, [card, address]] of Object.entries(cards).entries()) {
      const port = `p${index}-${name}`;
      inside('switch', [
        `link add ${port} type veth peer name ${card} netns ${machine(name).pid}`,
        `link set ${port} master br0 up`,
      ]);
      inside(name, [`link set ${card} up`, `address add ${address} dev ${card}`]);
    }
  }
  // Until the kernel has taken notice of a cable, it drops what is sent through it.
  const ports = plans.flatMap(({ name, cards }) => Object.keys(cards).map((_, index) => `p${index}-${name}`));
  await until('all cables are in', 20_000, () => {
    const links = command('nsenter', [
      '-t',
      String(machine('switch').pid),
      '-n',
      'ip',
      '-o',
      'link',
      'show',
      'master',
      'br0',
    ]);
    return links.split('\n').filter((line) => line.includes(' state UP ')).length === ports.length;
  });
}
