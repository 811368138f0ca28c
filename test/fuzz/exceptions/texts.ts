/** An instance that runs, with further lines: for the examples of exceptions. */
export const instance = (lines = ''): string =>
  `vrrp_instance V {\n interface eth0\n virtual_router_id 5\n virtual_ipaddress {\n 10.0.0.9\n }\n${lines}\n}\n`;
