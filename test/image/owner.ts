import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../lab-support/until.ts';
import { claim } from './claims.ts';
import type { Container, Wishes } from './container.ts';
import type { Image } from './image.ts';
import type { Lan } from './lan.ts';

export const vip = '172.28.0.100';
/** Without these nothing works: docker/README.md. */
export const needed: readonly string[] = ['NET_ADMIN', 'NET_RAW'];

export type Base = Pick<Wishes, 'network' | 'host' | 'readOnly' | 'memory'>;

/** What a configuration has beside the instance of an address owner, which waits for nobody. */
export interface Additions {
  readonly globals?: string;
  readonly blocks?: string;
  readonly instance?: string;
  /** Another one than that of an owner, which no weight changes. */
  readonly priority?: number;
  /** Programs beside the configuration, by name. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** A folder with a keepalived.conf, for /etc/keepalived. */
export function configurationFolder(
  image: Image,
  { globals = '', blocks = '', instance = '', priority = 255, programs = {} }: Additions,
): string {
  const folder = mkdtempSync(join(image.scratch, 'keepalived-'));
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, name), text, { mode: 0o755 });
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
  priority ${priority}
  virtual_ipaddress {
    ${vip}/16
  }
  ${instance}
}
`,
  );
  return folder;
}

/** Claims that the owner serves, which it says. */
export async function serves(lan: Lan, container: Container): Promise<void> {
  const speaks = (): boolean => container.said().includes('Entering MASTER STATE');
  const held = await eventually(15_000, () => speaks() && lan.holds('router0', vip));
  claim('it serves all the same', held === true, container.said);
}

export async function stop(container: Container): Promise<void> {
  container.signal('SIGTERM');
  await container.ended();
}
