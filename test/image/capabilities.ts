import { chmodSync, chownSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../lab-support/until.ts';
import { claim, claimEqual, claimSays, remark } from './claims.ts';
import { type Container, runContainer, startContainer, type Wishes } from './container.ts';
import type { Image } from './image.ts';
import { type Lan, makeLan } from './lan.ts';

const vip = '172.28.0.100';
const needed = ['NET_ADMIN', 'NET_RAW'];

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
  await realTime(image, lan, wishes);
  await scriptUsers(image, lan, wishes);
  await foreignFile(image, wishes);
  await pool(image, lan, wishes);
  lan.network.close();
}

type Base = Pick<Wishes, 'network' | 'host' | 'readOnly' | 'memory'>;

async function realTime(image: Image, lan: Lan, wishes: Base): Promise<void> {
  const configuration = file(image, 'vrrp_rt_priority 50', '');
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

async function scriptUsers(image: Image, lan: Lan, wishes: Base): Promise<void> {
  const configuration = file(
    image,
    'script_user nobody\nenable_script_security',
    'vrrp_script me {\n  script "/usr/bin/test -w /proc/self/mem"\n  interval 1\n  fall 1\n  rise 1\n  weight -20\n}',
    'track_script {\n    me\n  }',
  );
  const all = ['SETUID', 'SETGID', 'KILL'];
  for (const [given, lost] of [
    [all, []],
    [['KILL'], ['SETUID', 'SETGID']],
    [['SETUID', 'SETGID'], ['KILL']],
  ] as const) {
    const container = await startContainer(image, {
      ...wishes,
      configuration,
      capabilities: [...needed, ...given],
      command: ['run', '-D'],
    });
    await serves(lan, container);
    const said = lost.length === 0 ? 'nothing is' : `${lost.join(' and ')} ${lost.length > 1 ? 'are' : 'is'}`;
    claimEqual(
      `${said} said to be missing for scripts of other users`,
      [...container.said().matchAll(/the capability (\w+) is missing/g)].map(([, name]) => name),
      lost,
    );
    const works = !lost.some((name) => name.startsWith('SET'));
    const outcome = works ? /VRRP_Script\(me\) succeeded/ : /me.* 127/;
    const seen = await eventually(6000, () => outcome.test(container.said()));
    claim(`such a script ${works ? 'works' : 'fails with status 127'} then`, seen === true, container.said);
    await stop(container);
  }
}

/** Root without its rights can read no more of a mounted folder than others can. */
async function foreignFile(image: Image, wishes: Base): Promise<void> {
  const configuration = file(image, '', '');
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

/** A folder with a keepalived.conf, for /etc/keepalived. */
function file(image: Image, globals: string, blocks: string, instance = ''): string {
  const folder = mkdtempSync(join(image.scratch, 'keepalived-'));
  chmodSync(folder, 0o755);
  writeFileSync(
    join(folder, 'keepalived.conf'),
    `global_defs {
  ${globals}
}
${blocks}
vrrp_instance VI_1 {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 255
  virtual_ipaddress {
    ${vip}/16
  }
  ${instance}
}
`,
  );
  return folder;
}

async function serves(lan: Lan, container: Container): Promise<void> {
  const speaks = (): boolean => container.said().includes('Entering MASTER STATE');
  const held = await eventually(15_000, () => speaks() && lan.holds('router0', vip));
  claim('it serves all the same', held === true, container.said);
}

async function stop(container: Container): Promise<void> {
  container.signal('SIGTERM');
  await container.ended;
}
