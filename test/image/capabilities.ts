import { chmodSync, chownSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../lab-support/until.ts';
import { claim, claimEqual, claimSays, remark } from './claims.ts';
import { runContainer, startContainer } from './container.ts';
import type { Image } from './image.ts';
import { type Lan, makeLan } from './lan.ts';
import { type Base, configurationFolder, needed, serves, stop, vip } from './owner.ts';
import { scriptUsers } from './script-users.ts';

/** Each capability of docker/README.md: what is said and lost without it, and that nothing is where it is there. */
export async function capabilities(image: Image): Promise<void> {
  const lan = makeLan();
  const wishes = { network: lan.network, host: 'router0', readOnly: true, memory: ['/run', '/tmp'] };
  for (const [missing, lost] of [
    ['NET_ADMIN', 'no virtual address can be added, and no table of servers be kept'],
    ['NET_RAW', 'no advert can be sent or heard'],
  ] as const) {
    const ran = await runContainer(image, {
      ...wishes,
      capabilities: needed.filter((name) => name !== missing),
      environment: { HOLDFAST_VIPS: vip },
    });
    claimEqual(`without ${missing} it does not start`, ran.status, 78);
    claimEqual(
      `without ${missing} it says what is lost and what to do`,
      ran.output,
      `holdfast: the capability ${missing} is missing, and ${lost}: start the container with --cap-add ${missing} (cap_add in a compose file), as root\n`,
    );
  }
  const stranger = await runContainer(image, {
    ...wishes,
    capabilities: needed,
    user: 65534,
    environment: { HOLDFAST_VIPS: vip },
  });
  claimEqual('another user than root is refused', stranger.status, 78);
  claimSays('and told that it takes root', stranger.output, 'NET_ADMIN is missing', ', as root');
  await realTime(image, lan, wishes);
  await scriptUsers(image, lan, wishes);
  await foreignFile(image, wishes);
  await pool(image, lan, wishes);
  lan.network.close();
}

async function realTime(image: Image, lan: Lan, wishes: Base): Promise<void> {
  const configuration = configurationFolder(image, { globals: 'vrrp_rt_priority 50' });
  const complaint = /set SCHED_RR priority 50.*EPERM/;
  for (const [what, more, complains] of [
    ['without SYS_NICE real-time priority is refused, and the log says so', [], true],
    ['with SYS_NICE it is granted', ['SYS_NICE'], false],
  ] as const) {
    const container = await startContainer(image, {
      ...wishes,
      configuration,
      capabilities: [...needed, ...more],
      command: ['run', '-D'],
    });
    await serves(lan, container);
    claim(what, complaint.test(container.said()) === complains, container.said);
    await stop(container);
  }
}

/** Root without its rights can read no more of a mounted folder than others can. */
async function foreignFile(image: Image, wishes: Base): Promise<void> {
  const configuration = configurationFolder(image, {});
  const path = join(configuration, 'keepalived.conf');
  chownSync(path, 1000, 1000);
  chmodSync(path, 0o600);
  const ran = await runContainer(image, {
    ...wishes,
    configuration,
    capabilities: needed,
    environment: { HOLDFAST_VIPS: vip },
  });
  claimEqual('a mounted file that it may not read is refused', ran.status, 78);
  claimSays('and it says what to do', ran.output, 'keepalived.conf cannot be read (EACCES)', 'chown');
}

/** The kernel that the tests run on has no ip_vs, and a container cannot load it: the addresses are served all the same. */
async function pool(image: Image, lan: Lan, wishes: Base): Promise<void> {
  if (existsSync('/proc/net/ip_vs')) return;
  const container = await startContainer(image, {
    ...wishes,
    capabilities: needed,
    environment: { HOLDFAST_VIPS: vip, HOLDFAST_POOL: '172.28.1.12:80', HOLDFAST_PRIORITY: '255' },
    command: ['run', '-D'],
  });
  await serves(lan, container);
  const told = await eventually(10_000, () => /ip_vs/.test(container.said()));
  claim('on a kernel without ip_vs it says so', told === true, container.said);
  remark(/^.*ip_vs.*$/m.exec(container.said())?.[0] ?? '');
  await stop(container);
}
