import { expect, test } from 'vitest';
import { read } from './virtual-servers/pool.ts';

const instance = `vrrp_instance V1 {
    interface eth0
    virtual_router_id 51
    priority 100
    virtual_ipaddress {
        10.0.0.9
    }
}`;

const health = (lines: string) => {
  const { config, diagnostics } = read(`global_defs {\n${lines}\n}\n${instance}`);
  return { health: config.global.health, messages: diagnostics.map(({ message }) => message) };
};

test.each(['router_id x', 'lvs_timeouts tcp x', 'lvs_flush_on_stop RS'])(
  'global_defs with %j, which say nothing of checkers, leave no trace',
  (lines) => {
    expect(health(lines).health).toBeUndefined();
  },
);

test.each([
  ['checker_process_name checks', { processName: 'checks' }],
  ['process_names', { processName: 'keepalived_lvs' }],
  ['process_names\nlvs_process_name lvs', { processName: 'lvs' }],
  ['checker_priority -5', { nice: -5 }],
  ['checker_rt_priority 50', { realtimePriority: 50 }],
  ['lvs_flush', { flushAtStart: true, flushAtStop: false }],
  ['lvs_flush_on_stop', { flushAtStart: false, flushAtStop: true }],
  ['lvs_flush_onstop VS', { flushAtStop: false }],
  ['@holdfast checks_in_flight 50', { mostInFlight: 50 }],
  ['lvs_timeouts tcp 900 udp 30', { timeouts: { tcp: 900, udp: 30 } }],
  ['lvs_timeouts tcpfin 0', { timeouts: { tcpFin: 0 } }],
  ['lvs_timeouts tcp 2678401 udp 7', { timeouts: { udp: 7 } }],
  ['lvs_sync_daemon eth0', { syncDaemon: { interface: 'eth0' } }],
  ['lvs_sync_daemon eth0 V1', { syncDaemon: { interface: 'eth0', instance: 'V1' } }],
  ['lvs_sync_daemon eth0 V1 7', { syncDaemon: { interface: 'eth0', instance: 'V1', syncId: 7 } }],
  ['lvs_sync_daemon eth0 V1 id 7', { syncDaemon: { interface: 'eth0', instance: 'V1', syncId: 7 } }],
  [
    'lvs_sync_daemon eth0 inst V1 id 7 maxlen 1400 port 9000 ttl 3 group 239.1.2.3',
    {
      syncDaemon: {
        interface: 'eth0',
        instance: 'V1',
        syncId: 7,
        maximumLength: 1400,
        port: 9000,
        ttl: 3,
        group: '239.1.2.3',
      },
    },
  ],
  ['lvs_sync_daemon eth0\nlvs_sync_daemon eth1', { syncDaemon: { interface: 'eth0' } }],
])('%j becomes %j', (lines, expected) => {
  expect(health(lines).health).toMatchObject(expected);
});

test.each([
  ['lvs_timeouts', 'lvs_timeouts needs at least one timeout'],
  ['lvs_timeouts icmp 3', 'lvs_timeouts does not know "icmp"'],
  ['lvs_sync_daemon', 'lvs_sync_daemon needs INTERFACE'],
  ['lvs_sync_daemon abcdefghijklmnopq', 'is too long for the name of an interface'],
  ['lvs_sync_daemon eth0 inst V1 id 256', 'id 256 is outside'],
  ['lvs_sync_daemon eth0 inst V1 group 10.0.0.1', '"10.0.0.1" is no multicast address'],
  ['lvs_sync_daemon eth0 inst V1 ttl', 'ttl needs a value'],
  ['lvs_sync_daemon eth0 inst V1 fast', 'lvs_sync_daemon does not know "fast"'],
  ['lvs_flush_on_stop RS', 'lvs_flush_on_stop does not know "RS"'],
])('%j is told: %s', (lines, message) => {
  expect(health(lines).messages.join('\n')).toContain(message);
});

test.each([
  ['lvs_sync_daemon eth0 V1', { instance: 'V1', syncId: 51 }, []],
  ['lvs_sync_daemon eth0 inst V1 id 3', { instance: 'V1', syncId: 3 }, []],
  ['lvs_sync_daemon eth0 V2', undefined, ['sync-instance-undefined']],
])('%j beside a vrrp_instance V1', (line, syncDaemon, codes) => {
  const { config, diagnostics } = read(`global_defs {\n${line}\n}\n${instance}`);
  if (syncDaemon === undefined) expect(config.global.health?.syncDaemon).toBeUndefined();
  else expect(config.global.health?.syncDaemon).toMatchObject(syncDaemon);
  expect(diagnostics.filter(({ severity }) => severity !== 'note').map(({ code }) => code)).toEqual(codes);
});

test('SSL goes with every SSL_GET, and with nothing else', () => {
  const { config, diagnostics, notInEffect } = read(`SSL {
    password secret
    ca /ca.pem
    certificate /me.pem
    key /me.key
}
virtual_server 10.0.0.1 443 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.0.0.7 443 {
        SSL_GET { 
            url { 
                path /
            }
        }
        HTTP_GET {
            url {
                path /
            }
        }
    }
}`);
  expect(diagnostics).toEqual([]);
  expect(notInEffect).toEqual([]);
  const tlsClient = { password: 'secret', ca: '/ca.pem', certificate: '/me.pem', key: '/me.key' };
  expect(config.virtualServers[0]?.realServers[0]?.checkers).toMatchObject([
    { kind: 'SSL_GET', tlsClient },
    { kind: 'HTTP_GET' },
  ]);
  expect(config.virtualServers[0]?.realServers[0]?.checkers[1]).not.toHaveProperty('tlsClient');
});
