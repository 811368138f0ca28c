import type { Config } from '@holdfast/config';

/** What core itself knows, for keepalived_parent.data: the global definitions and which objects are configured. */
export function parentDump(config: Config): string {
  const lines = Object.entries(config.global).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  const names = (items: readonly { readonly name: string }[]): string =>
    items.map(({ name }) => name).join(' ');
  return [
    '------< Global definitions >------',
    ...lines,
    '------< Configured objects >------',
    `  vrrp_instance = ${names(config.vrrpInstances)}`,
    `  vrrp_script = ${names(config.vrrpScripts)}`,
    '',
  ].join('\n');
}
