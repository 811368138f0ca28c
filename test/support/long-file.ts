/** A configuration with many instances on eth0, and many pools with many real servers without checks. */
export function longFile(instances: number, pools: number, servers: number): string {
  const each = (count: number, text: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => text(n + 1)).join('');
  const instance = (n: number): string =>
    `vrrp_instance VI_${n} {\n interface eth0\n virtual_router_id ${n}\n priority 100\n virtual_ipaddress {\n 10.8.0.${n}/32\n }\n}\n`;
  const server = (pool: number, n: number): string => ` real_server 10.9.${pool}.${n} 80 {\n weight 1\n }\n`;
  const pool = (n: number): string =>
    `virtual_server 10.8.1.${n} 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n${each(servers, (s) => server(n, s))}}\n`;
  return each(instances, instance) + each(pools, pool);
}
