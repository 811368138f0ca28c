import type { Event, Instance, Pool, Status, Why } from '@holdfast/core/api';
import { describe, expect, test } from 'vitest';
import { coloursFor } from '../../src/control/colours.ts';
import { eventLine } from '../../src/control/event-line.ts';
import { statusScreen } from '../../src/control/status-screen.ts';
import { ago, clockTime } from '../../src/control/time.ts';
import { whyScreen } from '../../src/control/why-screen.ts';

const plain = coloursFor(false, {});
const now = Date.parse('2026-03-01T12:00:00.000Z');
const before = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

const instance = (more: Partial<Instance> = {}): Instance => ({
  name: 'VI_1',
  interface: 'eth0',
  virtualRouterId: 51,
  version: 2,
  state: 'MASTER',
  since: before(75),
  why: { kind: 'master-silent', text: 'no master was heard for 3.609 s' },
  priority: { configured: 100, effective: 100 },
  handedOver: false,
  source: '10.0.0.2',
  master: { address: '10.0.0.3', priority: 90, heardAt: before(0.4) },
  addresses: [{ address: '10.0.0.9', prefixLength: 24, interface: 'eth0', advertised: true }],
  tracked: [],
  faults: [],
  statistics: null,
  ...more,
});

const server: Pool['realServers'][number] = {
  key: '[10.0.1.1]:tcp:80',
  address: '10.0.1.1',
  port: 80,
  alive: true,
  weight: { configured: 1, effective: 1 },
  override: null,
  checkers: [
    { kind: 'TCP_CHECK', up: true, failures: 0, last: { at: before(2), result: 'success', text: null } },
  ],
  kernel: {
    weight: 1,
    activeConnections: 3,
    inactiveConnections: 7,
    connections: 10,
    incomingBytes: 0,
    outgoingBytes: 0,
  },
};

const pool = (more: Partial<Pool> = {}): Pool => ({
  key: '[10.0.0.9]:tcp:80',
  scheduler: 'rr',
  quorum: { state: 'up', needed: 1, hysteresis: 0, weight: 1 },
  sorryServer: null,
  suspended: false,
  realServers: [server],
  ...more,
});

const status = (more: Partial<Status> = {}): Status => ({
  daemon: {
    version: '0.1.0',
    pid: 7,
    since: before(3 * 3600 + 120),
    configurationFile: '/etc/keepalived/keepalived.conf',
    lastReload: null,
    workers: { vrrp: { pid: 8, answered: true }, healthcheck: null },
  },
  instances: [],
  pools: [],
  notes: [],
  ...more,
});

const screen = (more: Partial<Status>): readonly string[] =>
  statusScreen(status(more), plain, now, false).split('\n');

describe('where there is too much for one screen', () => {
  const servers = Array.from({ length: 70 }, (_, n) => ({ ...server, address: `10.0.1.${n + 1}` }));
  const failed = { ...server, address: '10.0.1.99', alive: false, checkers: [], kernel: null };
  const drained = {
    ...server,
    address: '10.0.1.98',
    override: { kind: 'drain' } as const,
    checkers: [],
    kernel: null,
  };
  const much = {
    instances: [instance(), instance({ name: 'VI_2', handedOver: true })],
    pools: [pool({ realServers: [...servers, failed, drained] })],
  };

  test('what is in order is said in short, and what is not in full', () => {
    expect(screen(much).map((line) => line.trimEnd())).toEqual([
      'Holdfast 0.1.0 pid 7, up 3 h 2 min, /etc/keepalived/keepalived.conf',
      '',
      '2 instances',
      '  VI_1         MASTER for 1 min 15 s  eth0 vrid 51 priority 100',
      '  VI_2         MASTER for 1 min 15 s  eth0 vrid 51 priority 100  handed over',
      '    why     no master was heard for 3.609 s',
      '    VIPs    10.0.0.9/24',
      '',
      '1 pool',
      '  [10.0.0.9]:tcp:80  quorum UP  weight 1 of 1 needed, rr, 71 of 72 up',
      '    10.0.1.99:80 down weight 1',
      '    10.0.1.98:80 up   weight 1 drained',
      '',
      'what is in order is said in short; --all shows everything',
    ]);
  });

  test('--all leaves nothing out', () => {
    const lines = statusScreen(status(much), plain, now, true).split('\n');
    expect(lines.filter((line) => line.startsWith('    10.0.1.')).length).toBe(72);
    expect(lines.at(-1)).not.toContain('--all');
  });
});

describe('the screen of the status', () => {
  test('a master and a pool in good health', () => {
    expect(screen({ instances: [instance()], pools: [pool()] })).toEqual([
      'Holdfast 0.1.0 pid 7, up 3 h 2 min, /etc/keepalived/keepalived.conf',
      '',
      '1 instance',
      '  VI_1         MASTER for 1 min 15 s  eth0 vrid 51 priority 100',
      '    why     no master was heard for 3.609 s',
      '    VIPs    10.0.0.9/24',
      '',
      '1 pool',
      '  [10.0.0.9]:tcp:80  quorum UP  weight 1 of 1 needed, rr',
      '    10.0.1.1:80 up   weight 1  3 active, 7 inactive  TCP_CHECK success 2.0 s ago',
    ]);
  });

  test.each<readonly [string, Partial<Instance>, string]>([
    ['a backup names the master', { state: 'BACKUP' }, '    master  10.0.0.3 (priority 90, heard 0.4 s ago)'],
    [
      'a priority that is not the configured one',
      { priority: { configured: 100, effective: 80 } },
      '  VI_1         MASTER for 1 min 15 s  eth0 vrid 51 priority 80 (configured 100)',
    ],
    [
      'one that is handed over',
      { handedOver: true },
      '  VI_1         MASTER for 1 min 15 s  eth0 vrid 51 priority 100  handed over',
    ],
    ['a fault', { state: 'FAULT', faults: ['interface eth0 is down'] }, '    fault   interface eth0 is down'],
    [
      'what it tracks',
      {
        tracked: [
          { kind: 'script', name: 'chk', weight: -20, reverse: true, condition: 'bad' },
          { kind: 'interface', name: 'eth1', weight: 0, reverse: false, condition: 'good' },
        ],
      },
      '    tracks  script chk bad (weight -20 reverse), interface eth1 good',
    ],
    [
      'one that is not known yet',
      { state: 'UNKNOWN', since: null, why: null, priority: { configured: 100, effective: null } },
      '  VI_1         UNKNOWN  eth0 vrid 51 priority 100',
    ],
  ])('%s', (_, more, line) => {
    expect(screen({ instances: [instance(more)] })).toContain(line);
  });

  test.each<readonly [string, Partial<Pool>, string]>([
    [
      'a server that failed',
      {
        realServers: [
          {
            ...server,
            alive: false,
            kernel: null,
            checkers: [
              {
                kind: 'HTTP_GET',
                up: false,
                failures: 1,
                last: { at: before(70), result: 'failure', text: 'status 500' },
              },
            ],
          },
        ],
      },
      '    10.0.1.1:80 down weight 1  HTTP_GET failure 1 min 10 s ago: status 500',
    ],
    [
      'a drained server',
      {
        realServers: [
          { ...server, override: { kind: 'drain' }, weight: { configured: 1, effective: 0 }, checkers: [] },
        ],
      },
      '    10.0.1.1:80 up   weight 0 (configured 1) drained  3 active, 7 inactive  ',
    ],
    [
      'a sorry server that serves',
      {
        quorum: { state: 'down', needed: 2, hysteresis: 0, weight: 1 },
        sorryServer: { address: '10.0.1.9', port: 80, serves: true },
      },
      '  [10.0.0.9]:tcp:80  quorum DOWN  weight 1 of 2 needed, rr  sorry server 10.0.1.9:80 serves',
    ],
    [
      'a pool that is suspended',
      { suspended: true },
      '  [10.0.0.9]:tcp:80  quorum UP  weight 1 of 1 needed, rr  suspended (ha_suspend)',
    ],
  ])('%s', (_, more, line) => {
    expect(screen({ pools: [pool(more)] }).map((text) => text.trimEnd())).toContain(line.trimEnd());
  });

  test('what is missing, and a reload that was refused, stand at the top', () => {
    const lastReload = { at: before(60), applied: false, text: 'Reload refused: no' };
    const [head, refusal, note] = screen({
      notes: ['the vrrp worker is starting'],
      daemon: { ...status().daemon, lastReload },
    });
    expect(head).not.toContain('reloaded');
    expect(refusal).toMatch(/^ {2}\d\d:\d\d:\d\d Reload refused: no$/);
    expect(note).toBe('  the vrrp worker is starting');
  });
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [false, {}, false],
])('colours on a terminal only: %s %j', (isTerminal, environment, coloured) => {
  const text = statusScreen(
    status({ instances: [instance()] }),
    coloursFor(isTerminal, environment),
    now,
    false,
  );
  expect(text.includes('\u001b[')).toBe(coloured);
});

test('the screen of why', () => {
  const why: Why = {
    instance: 'VI_1',
    state: 'BACKUP',
    since: before(5),
    cause: { kind: 'handed-over', text: 'an operator handed it over' },
    transitions: [
      {
        at: before(5),
        from: 'MASTER',
        to: 'BACKUP',
        cause: { kind: 'handed-over', text: 'an operator handed it over' },
      },
    ],
    outlook: [{ to: 'MASTER', when: 'after 3.61 s without an advert of 10.0.0.3' }],
  };
  const lines = whyScreen(why, plain, now).split('\n');
  expect(lines[0]).toBe('VI_1 is BACKUP for 5.0 s: an operator handed it over');
  expect(lines).toContain('  MASTER after 3.61 s without an advert of 10.0.0.3');
  expect(lines.some((line) => line.endsWith('  MASTER -> BACKUP: an operator handed it over'))).toBe(true);
});

test('an event is one line with time, source and text', () => {
  const event: Event = {
    sequence: 1,
    at: before(0.5),
    source: 'vrrp',
    level: 'notice',
    id: 'transition',
    text: '(VI_1) BACKUP -> MASTER',
    fields: {},
  };
  expect(eventLine(event, plain, now)).toMatch(/^\d\d:59:59\.500 vrrp {8}\(VI_1\) BACKUP -> MASTER$/);
});

test.each([
  [0.04, '0.0 s'],
  [9.94, '9.9 s'],
  [59, '59 s'],
  [61, '1 min 1 s'],
  [3600, '1 h 0 min'],
  [90_000, '1 d 1 h'],
  [-5, '0.0 s'],
])('%d s ago is %s', (seconds, text) => {
  expect(ago(before(seconds), now)).toBe(text);
});

test('a moment of another day has its day', () => {
  expect(clockTime(before(3 * 86_400), now)).toMatch(/^2026-02-2\d \d\d:\d\d:\d\d$/);
});
