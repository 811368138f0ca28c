import { suggest } from '@holdfast/config';
import { type Obstacle, obstacle } from './obstacle.ts';

/** Every variable of the container, with what it says; docker/README.md lists them for people. */
export const variables = {
  HOLDFAST_CONFIG: 'path of a configuration that is used as it is',
  HOLDFAST_TEMPLATE: 'path of a configuration with places to be filled in, such as that of the interface',
  HOLDFAST_DIRECTORY: 'where the generated configuration goes',
  HOLDFAST_WAIT: 'seconds to wait for interfaces and names that are not there yet',
  HOLDFAST_INTERFACE: 'name, pattern or network of the interface',
  HOLDFAST_ADDRESS: 'own address on that interface',
  HOLDFAST_VIPS: 'virtual addresses',
  HOLDFAST_VIP: 'the same, for one',
  HOLDFAST_PEERS: 'addresses or names of the other routers, or multicast',
  HOLDFAST_PRIORITY: 'a number, or HOST=NUMBER for each host name',
  HOLDFAST_ORDINAL: 'which of the routers this is, 0 first',
  HOLDFAST_VRID: 'virtual router id',
  HOLDFAST_VERSION: 'version of VRRP',
  HOLDFAST_ADVERT_INTERVAL: 'seconds between adverts',
  HOLDFAST_PREEMPT: 'whether the higher priority takes over from a serving router',
  HOLDFAST_AUTH_PASS: 'password of VRRP version 2',
  HOLDFAST_AUTH_PASS_FILE: 'file that holds it',
  HOLDFAST_TRACK_SCRIPT: 'command that must succeed',
  HOLDFAST_TRACK_URL: 'page that must answer',
  HOLDFAST_TRACK_INTERVAL: 'seconds between two looks',
  HOLDFAST_TRACK_WEIGHT: 'what a failure adds to the priority; 0: no serving at all',
  HOLDFAST_POOL: 'real servers, HOST:PORT each',
  HOLDFAST_POOL_PORT: 'port of the virtual server',
  HOLDFAST_POOL_METHOD: 'NAT, DR or TUN',
  HOLDFAST_POOL_SCHEDULER: 'scheduler of ip_vs',
  HOLDFAST_POOL_PROTOCOL: 'TCP or UDP',
  HOLDFAST_POOL_CHECK: 'tcp, none or the path of a page',
} as const;

export type VariableName = keyof typeof variables;

/** Of the programs themselves. */
const others: ReadonlySet<string> = new Set(['HOLDFAST_NODE', 'HOLDFAST_SOCKET']);

/** What Kubernetes and old links of Docker set by themselves for a service that is called holdfast. */
const ofServices =
  /^HOLDFAST_(?:SERVICE_(?:HOST|PORT)(?:_.*)?|PORT(?:_\d+_(?:TCP|UDP)(?:_.*)?)?|NAME|ENV_.*)$/;

/** A misspelt variable would silently do nothing: it is refused. */
export function unknownVariables(names: readonly string[]): readonly Obstacle[] {
  return names
    .filter((name) => name.startsWith('HOLDFAST_') && !Object.hasOwn(variables, name))
    .filter((name) => !others.has(name) && !ofServices.test(name))
    .map((name) => {
      const meant = suggest(name, Object.keys(variables));
      return obstacle(
        `${name} is no variable of this container`,
        meant === undefined ? 'remove it; docker/README.md lists those that are' : `write ${meant}`,
      );
    });
}
