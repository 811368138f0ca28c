import { textOf } from './text.ts';

const global = [
  'net.ipv4.ip_forward',
  'net.ipv4.ip_nonlocal_bind',
  'net.ipv6.conf.all.forwarding',
  'net.ipv6.ip_nonlocal_bind',
];
const ofInterface = ['rp_filter', 'arp_ignore', 'arp_announce'];

/** The settings that checks look at. @param links names of interfaces */
export function sysctls(links: readonly string[]): ReadonlyMap<string, number> {
  const names = [
    ...global.map((name) => ({ name, path: name.replaceAll('.', '/') })),
    ...['all', ...links].flatMap((link) =>
      ofInterface.map((setting) => ({
        name: `net.ipv4.conf.${link}.${setting}`,
        path: `net/ipv4/conf/${link}/${setting}`,
      })),
    ),
  ];
  return new Map(
    names.flatMap(({ name, path }) => {
      const text = textOf(`/proc/sys/${path}`).trim();
      return /^\d+$/.test(text) ? [[name, Number(text)]] : [];
    }),
  );
}
