/** `sysctl -w`; names of interfaces with a dot are written with slashes (sysctl(8)). */
export const once = (name: string, value: number): string => `sysctl -w ${spelling(name)}=${value}`;

/** The same, also after the next start of the machine. */
export const persistent = (name: string, value: number): string =>
  `${once(name, value)} && echo '${spelling(name)}=${value}' >> /etc/sysctl.d/90-holdfast.conf`;

function spelling(name: string): string {
  const [, before, link, last] = /^(net\.ipv4\.conf)\.(.+)\.(\w+)$/.exec(name) ?? [];
  return link?.includes('.') === true ? `${before?.replaceAll('.', '/')}/${link}/${last}` : name;
}
