import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { errnoNumber } from '../src/failure/errno.ts';
import { explain } from '../src/failure/explain.ts';
import { type Asked, failureText } from '../src/index.ts';
import { addServer, addService, gue, ipip, web, web6 } from './compliance/bench.ts';

const daemon = { role: 'backup', interface: 'eth0', syncId: 1 } as const;

test.each<readonly [Asked, string, string, string]>([
  // asked                                  error    the reason names                     the remedy names
  [{ kind: 'open' }, 'ENOENT', 'no IPVS', 'modprobe ip_vs'],
  [{ kind: 'read-information' }, 'EPERM', 'CAP_NET_ADMIN', 'root of the host'],
  [addService(web), 'EPERM', 'CAP_NET_ADMIN', 'root of the host'],
  [addService(web, 'mh'), 'ENOENT', 'no scheduler mh', 'modprobe ip_vs_mh'],
  [addService(web, 'wrrr'), 'ENOENT', 'no scheduler wrrr', 'choose one of rr, wrr, '],
  [addService(web, 'rr', { persistenceEngine: 'sip' }), 'ENOENT', 'engine sip', 'modprobe ip_vs_pe_sip'],
  [addService(web, 'a-name-that-is-long'), 'EINVAL', 'longer than 15 bytes', 'no module'],
  [addService(web), 'EEXIST', 'tcp 10.9.0.100:80 is there already', 'change it'],
  [addService(web6), 'EAFNOSUPPORT', 'no IPv6', 'CONFIG_IP_VS_IPV6'],
  [{ kind: 'delete-service', service: web }, 'ESRCH', 'not in the table', 'plan again'],
  [addServer(web, '10.9.1.1'), 'ESRCH', 'service tcp 10.9.0.100:80 is not in the table', 'plan again'],
  [addServer(web, '10.9.1.1'), 'EEXIST', 'server 10.9.1.1:80 is there already', 'change it'],
  [addServer(web, '10.9.1.1', { weight: -1 }), 'ERANGE', 'weight -1', '0 to 2147483647'],
  [addServer(web, '10.9.1.1', { lowerThreshold: 9 }), 'ERANGE', 'threshold 9', 'lthreshold'],
  [addServer(web, '10.9.1.1', { forwarding: gue(0) }), 'EINVAL', 'GUE', '1 to 65535'],
  [addServer(web, '224.0.0.1'), 'EINVAL', '224.0.0.1', 'another address'],
  [addServer(web6, '10.9.1.1'), 'EINVAL', 'another address family', 'lb_kind TUN'],
  [addServer(web6, '10.9.1.1', { forwarding: ipip }), 'EINVAL', 'sync daemon', 'lvs_sync_daemon'],
  [
    { kind: 'delete-server', service: web, server: { address: address('10.9.1.1'), port: 80 } },
    'ENOENT',
    '10.9.1.1:80 is not in',
    'plan again',
  ],
  [{ kind: 'start-daemon', daemon }, 'EEXIST', 'backup sync daemon runs', 'stop it first'],
  [{ kind: 'start-daemon', daemon }, 'ENODEV', 'no interface eth0', 'exists'],
  [{ kind: 'start-daemon', daemon }, 'ENETUNREACH', 'eth0 is down', 'ip link set eth0 up'],
  [{ kind: 'stop-daemon', role: 'master' }, 'ESRCH', 'no master sync daemon', 'nothing to stop'],
  [{ kind: 'set-timeouts' }, 'EINVAL', 'that long', 'CONFIG_HZ'],
  [addService(web), 'ENOBUFS', 'lost', 'read again'],
  [addService(web), 'ENOMEM', 'ENOMEM', 'dmesg'],
])('%j refused with %s is explained', (asked, code, reason, remedy) => {
  const failure = explain(asked, errnoNumber(code));
  expect(failure.code).toBe(code);
  expect(failure.reason).toContain(reason);
  expect(failure.remedy).toContain(remedy);
});

test('a failure is one line that says what, why, and what to do', () => {
  expect(failureText(explain(addServer(web, '10.9.1.1', { weight: -1 }), 34))).toBe(
    'cannot add server 10.9.1.1:80 to tcp 10.9.0.100:80: weight -1 is negative (ERANGE); set a weight from 0 to 2147483647',
  );
});
