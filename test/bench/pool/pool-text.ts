/** What is asked of each real server. */
export type Check = 'tcp' | 'http';

export interface PoolText {
  readonly servers: number;
  /** Whole seconds. */
  readonly delayLoop: number;
  readonly check: Check;
  /** One real server with another weight than 1. */
  readonly heavier?: { readonly server: number; readonly weight: number };
}

/** Real servers of one virtual server. */
const perService = 10;
export const checkedPort = 8080;

export const serviceCount = (servers: number): number => Math.ceil(servers / perService);
export const serviceOf = (server: number): string => addressIn('10.7', Math.floor(server / perService));
export const serverAddress = (server: number): string => addressIn('10.8', server);

/** A configuration of many real servers, ten to a virtual server, each with a checker. */
export function poolText({ servers, delayLoop, check, heavier }: PoolText): string {
  const services = Array.from({ length: serviceCount(servers) }, (_, service) => {
    const first = service * perService;
    const count = Math.min(perService, servers - first);
    const reals = Array.from({ length: count }, (__, i) => {
      const weight = heavier?.server === first + i ? heavier.weight : 1;
      return ` real_server ${serverAddress(first + i)} ${checkedPort} {\n  weight ${weight}\n${checkers[check]} }\n`;
    });
    const head = `virtual_server ${serviceOf(first)} 80 {\n delay_loop ${delayLoop}\n lb_algo rr\n lb_kind NAT\n`;
    return `${head} protocol TCP\n retry 1\n delay_before_retry 1\n${reals.join('')}}\n`;
  });
  return `global_defs {\n router_id bench\n}\n${services.join('')}`;
}

const checkers: Readonly<Record<Check, string>> = {
  tcp: '  TCP_CHECK {\n   connect_timeout 3\n  }\n',
  http: '  HTTP_GET {\n   url {\n    path /\n    status_code 200\n   }\n   connect_timeout 3\n  }\n',
};

const addressIn = (network: string, n: number): string =>
  `${network}.${Math.floor(n / 250)}.${(n % 250) + 1}`;
