import { memoryFiles, parseConfig } from '@holdfast/config';
import { address, fromHex } from '@holdfast/kit';
import type { Link, LinkAddress } from '@holdfast/netlink';
import type { Facts } from '../../src/doctor/facts.ts';

/** The keywords of an instance that has nothing wrong with it. */
export const instance = (lines = '', virtual = '10.9.0.5/24'): string => `vrrp_instance V1 {
  interface eth0
  virtual_router_id 5
  priority 100
  advert_int 1
  virtual_ipaddress {
    ${virtual}
  }
${lines}}
`;

export const link = (name: string, index: number, more: Partial<Link> = {}): Link => ({
  index,
  name,
  adminUp: true,
  running: true,
  loopback: name === 'lo',
  multicast: true,
  noArp: false,
  mtu: 1500,
  mac: fromHex(`02000000000${index}`),
  ...more,
});

export const on = (index: number, text: string): LinkAddress => {
  const [ip = '', length] = text.split('/');
  return {
    index,
    address: address(ip),
    prefixLength: Number(length),
    scope: 0,
    secondary: false,
    tentative: false,
    protocol: 0,
  };
};

/** A machine without a fault: lo, and eth0 with 10.9.0.1/24. */
export function machine(text = instance(), changes: Partial<Facts> = {}): Facts {
  const path = '/k.conf';
  const interfaces = new Map([
    ['lo', []],
    [
      'eth0',
      [
        { address: address('10.9.0.1'), prefixLength: 24 },
        { address: address('fd00::1'), prefixLength: 64 },
      ],
    ],
  ]);
  const files = memoryFiles({ [path]: text });
  return {
    configuration: {
      path,
      result: parseConfig({ path, configId: 'r', files, interfaces, keepIdle: true }),
      scripts: { disabled: [], tolerated: [] },
      modifiedAt: 1000,
    },
    missingCapabilities: [],
    isRoot: true,
    ipvs: { isLoaded: true, isLoadable: true, missingSchedulers: [] },
    sysctls: new Map([
      ['net.ipv4.ip_forward', 0],
      ['net.ipv6.conf.all.forwarding', 0],
      ['net.ipv4.ip_nonlocal_bind', 0],
      ['net.ipv6.ip_nonlocal_bind', 0],
    ]),
    links: [link('lo', 1), link('eth0', 2)],
    addresses: [on(1, '127.0.0.1/8'), on(2, '10.9.0.1/24')],
    listeners: [],
    boundInFiles: [],
    firewall: [],
    daemons: [],
    heard: [],
    listened: 2.2,
    claims: [],
    clock: { now: 2000, isSynchronised: true },
    log: { hasSyslog: true, toConsole: false },
    ...changes,
  };
}
