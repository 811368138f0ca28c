import type { Config } from '@holdfast/config';

/** What core itself knows, for keepalived_parent.data: the global definitions and which objects are configured. */
export function parentDump(config: Config): string {
  const names = (items: readonly { readonly name: string }[]): string =>
    items.map(({ name }) => name).join(' ');
  return [
    '------< Global definitions >------',
    ...properties(config.global),
    '------< Configured objects >------',
    `  vrrp_instance = ${names(config.vrrpInstances)}`,
    `  vrrp_script = ${names(config.vrrpScripts)}`,
    `  virtual_server = ${config.virtualServers.map(({ key }) => key).join(' ')}`,
    '',
  ].join('\n');
}

/** The whole configuration as it was understood, for `-d`; passwords are masked. */
export function configurationDump(config: Config): readonly string[] {
  return [
    '------< Global definitions >------',
    ...properties(config.global),
    ...config.vrrpScripts.flatMap((script) => [
      `------< VRRP Script ${script.name} >------`,
      ...properties(script),
    ]),
    ...config.vrrpInstances.flatMap((instance) => [
      `------< VRRP Instance ${instance.name} >------`,
      ...properties(instance),
    ]),
    ...config.virtualServers.flatMap((server) => [
      `------< Virtual Server ${server.key} >------`,
      ...properties(server),
    ]),
  ];
}

const properties = (object: object): readonly string[] =>
  Object.entries(object).map(([name, value]) => `  ${name} = ${JSON.stringify(value, masked)}`);

const masked = (key: string, value: unknown): unknown => (key === 'password' ? '********' : value);
