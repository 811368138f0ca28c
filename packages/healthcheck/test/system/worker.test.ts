import { ipvsClient, server, service } from '@holdfast/ipvs-netlink';
import { address, micros, seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { packServers } from '../../src/pack-servers.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { miscCheck, realServer, sorry, tcpCheck, virtualServer } from '../logic/virtual-servers.ts';
import { bad, configure, FakeWorld, good, settled, web } from '../support/fake-world.ts';

let world: FakeWorld;
let worker: Worker;
beforeEach(() => {
  world = new FakeWorld();
  worker = world.worker();
});

const started = async (...args: Parameters<typeof configure>): Promise<void> => {
  worker.receive(configure(...args));
  await settled();
};
const both = ['10.9.1.1:80=1', '10.9.1.2:80=1'];
/** Every check runs once and ends as told, for as long as is needed for a failure to count. */
const rounds = async (resultOf: Parameters<FakeWorld['finish']>[0], length = seconds(30)): Promise<void> => {
  for (let passed = 0; passed < length; passed += seconds(0.5)) {
    await world.pass(seconds(0.5));
    await world.finish(resultOf);
  }
};
const failing =
  (key: string): Parameters<FakeWorld['finish']>[0] =>
  (id) =>
    id === key ? bad() : good();
const first = '[10.9.1.1]:tcp:80';

describe('from the first message to a table that follows health', () => {
  test('it says ready, then configured; every server is in the pool', async () => {
    await started([virtualServer()]);
    expect(world.messages.filter(({ kind }) => kind !== 'turn')).toEqual([
      { kind: 'ready', pid: 4711 },
      { kind: 'configured', reason: 'start' },
    ]);
    expect(world.servers()).toEqual(both);
  });

  test('a server that fails goes, and comes back', async () => {
    await started([virtualServer()]);
    await rounds(failing(first));
    expect(world.servers()).toEqual(['10.9.1.2:80=1']);
    await rounds(good);
    expect(world.servers()).toEqual(both);
  });

  test('when all have failed the sorry server answers', async () => {
    await started([virtualServer({ sorryServer: sorry(9) })]);
    await rounds(bad);
    expect(world.servers()).toEqual(['10.9.1.9:80=1']);
  });

  test('scripts of servers and of the quorum are told to core', async () => {
    const command = (name: string) => ({ argv: [name], runAs: undefined }) as const;
    const servers = [realServer(1, { notifyDown: command('/down'), notifyUp: command('/up') })];
    const quorum = { quorumDown: command('/lost'), quorumUp: command('/gained') };
    await started([virtualServer({ realServers: servers, ...quorum })]);
    await rounds(bad);
    await rounds(good);
    const told = world.facts.flatMap((fact) => (fact.kind === 'notify' ? [fact.command.argv[0]] : []));
    const fromDown = told.slice(told.indexOf('/down'));
    expect([fromDown.slice(0, 2).sort(), fromDown.slice(2).sort()]).toEqual([
      ['/down', '/lost'],
      ['/gained', '/up'],
    ]);
  });

  test('checks that are due within ten milliseconds are served together', async () => {
    await started([virtualServer({ realServers: Array.from({ length: 200 }, (_, i) => realServer(i + 1)) })]);
    const wakes: number[] = [];
    const end = world.now + seconds(8);
    for (let at = world.timerAt; at !== undefined && at < end; at = world.timerAt) {
      expect(at % 10_000).toBe(0);
      await world.pass(micros(at - world.now));
      wakes.push(at);
    }
    // Two hundred first checks lie at random in six seconds, in 600 places: some share one.
    expect(world.checks.size).toBe(200);
    expect(wakes.length).toBeLessThan(200);
    expect(new Set(wakes).size).toBe(wakes.length);
  });

  test('what an answer has that is odd is said once', async () => {
    await started([virtualServer({ realServers: [realServer(1)] })]);
    await rounds(() => ({ kind: 'success', note: 'odd' }));
    expect(world.sentences.filter((text) => text.includes('odd'))).toHaveLength(1);
  });

  test('fwmark and bind_if go with the check, and nobody says that they are not in effect', async () => {
    const what = tcpCheck();
    const origin = { fwmark: 7, bindInterface: 'eth9' };
    const checker = 'target' in what ? { ...what, target: { ...what.target, ...origin } } : what;
    await started([virtualServer({ realServers: [realServer(1, { checkers: [checker] })] })]);
    await world.pass(seconds(8));
    expect([...world.checks.values()]).toMatchObject([{ effect: { what: { target: origin } } }]);
    expect(world.sentences.filter((text) => text.includes('not in effect'))).toEqual([]);
  });

  test('pings are answered', () => {
    worker.receive({ kind: 'ping', sequence: 5 });
    expect(world.messages.at(-1)).toEqual({ kind: 'pong', sequence: 5 });
  });

  test('a dump names the servers and how they are', async () => {
    await started([virtualServer()]);
    worker.receive({ kind: 'dump', what: 'data' });
    const last = world.messages.at(-1);
    expect(last?.kind === 'dump' && last.text).toContain(`Real server = ${first}\n     Weight = 1`);
  });
});

describe('MISC_CHECK', () => {
  const misc = virtualServer({ realServers: [realServer(1, { checkers: [miscCheck()] })] });
  const runs = () => world.facts.flatMap((fact) => (fact.kind === 'run-script' ? [fact.run] : []));

  test('core runs the program; its exit code sets the weight', async () => {
    await started([misc]);
    await world.pass(seconds(8));
    const [run = 0] = runs();
    worker.receive({ kind: 'script-finished', run, outcome: { kind: 'exited', status: 7 } });
    await settled();
    expect(world.servers()).toEqual(['10.9.1.1:80=5']);
  });

  test('one that is not wanted any more is taken back, and its outcome nothing', async () => {
    await started([misc]);
    await world.pass(seconds(8));
    const [run = 0] = runs();
    await started([virtualServer()], { reason: 'reload' });
    expect(world.facts).toContainEqual({ kind: 'cancel-script', run });
    worker.receive({ kind: 'script-finished', run, outcome: { kind: 'exited', status: 1 } });
    await settled();
    expect(world.servers()).toEqual(both);
  });
});

describe('the table', () => {
  const somebody = () => ipvsClient(world.kernel.connect());

  test('what others deleted is restored within a delay_loop, and said once', async () => {
    await started([virtualServer()]);
    await somebody().flush();
    await rounds(good, seconds(7));
    expect(world.servers()).toEqual(both);
    await rounds(good, seconds(20));
    expect(world.sentences.filter((text) => text.includes('somebody deleted service'))).toHaveLength(1);
  });

  test('a weight that an operator set stays, and is said once', async () => {
    await started([virtualServer()]);
    const by = server({ address: address('10.9.1.1'), port: 80 }, { weight: 0 });
    await somebody().perform([{ kind: 'set-server', service: web, server: by }]);
    await rounds(good, seconds(30));
    expect(world.servers()).toEqual(['10.9.1.1:80=0', '10.9.1.2:80=1']);
    expect(world.sentences.filter((text) => text.includes('is left so'))).toHaveLength(1);
  });

  test('services of others are left alone, also at the end', async () => {
    const other = { kind: 'address', protocol: 'udp', address: address('10.9.0.7'), port: 53 } as const;
    await somebody().perform([{ kind: 'add-service', service: service(other, 'rr') }]);
    await started([virtualServer()]);
    worker.receive({ kind: 'stop' });
    await settled();
    expect(world.servers(other)).toEqual([]);
    expect(world.servers()).toBeUndefined();
  });

  test('a change that meets a table of others is repaired at once, not only at the next look', async () => {
    await started([virtualServer({ delayLoop: seconds(60) })]);
    await rounds(good, seconds(7));
    await somebody().flush();
    await rounds(failing(first), seconds(30));
    expect(world.servers()).toEqual(['10.9.1.2:80=1']);
  });
});

describe('reload', () => {
  test('what is new comes, what is gone goes, a dead server stays out', async () => {
    await started([virtualServer()]);
    await rounds(failing(first));
    await started([virtualServer({ realServers: [realServer(1), realServer(3)] })], { reason: 'reload' });
    expect(world.servers()).toEqual(['10.9.1.3:80=1']);
  });

  test('a virtual server that is gone leaves the table', async () => {
    const other = virtualServer({
      key: '[10.9.0.101]:tcp:80',
      services: [{ kind: 'address', address: address('10.9.0.101'), port: 80 }],
    });
    await started([virtualServer(), other]);
    expect(world.kernel.table.size).toBe(2);
    await world.pass(seconds(8));
    const underWay = world.checks.size;
    await started([other], { reason: 'reload' });
    expect(world.servers()).toBeUndefined();
    expect(world.kernel.table.size).toBe(1);
    expect(underWay).toBeGreaterThan(0);
  });

  test('of some virtual servers leaves the others as they are, their checks under way too', async () => {
    const [a, b, c] = [1, 2, 3].map((n) => {
      const at = address(`10.9.0.20${n}`);
      const services = [{ kind: 'address', address: at, port: 80 }] as const;
      return virtualServer({ key: `[${at}]:tcp:80`, services, realServers: [realServer(n)] });
    });
    if (a === undefined || b === undefined || c === undefined) throw new TypeError('three were made');
    await started([a, b]);
    await world.pass(seconds(8));
    const underWay = world.checks.size;
    const { global } = configure([]).slice;
    worker.receive({ kind: 'change', global, changed: packServers([c]), gone: [b.key] });
    await settled();
    const names = (): readonly string[] => [...world.kernel.table.keys()];
    expect(names()).toEqual(['tcp 10.9.0.201:80', 'tcp 10.9.0.203:80']);
    expect([underWay, world.checks.size, world.cancelled]).toEqual([2, 1, 1]);
    worker.receive({
      kind: 'change',
      global,
      changed: packServers([{ ...c, realServers: [realServer(4)] }]),
      gone: [],
    });
    await settled();
    expect([...(world.kernel.table.get('tcp 10.9.0.203:80')?.servers.keys() ?? [])]).toEqual(['10.9.1.4:80']);
    expect(world.messages.filter(({ kind }) => kind === 'configured')).toHaveLength(3);
  });

  test('what is changed beside it leaves a server its counters', async () => {
    await started([virtualServer()]);
    world.kernel.count(web, { address: address('10.9.1.2'), port: 80 }, { activeConnections: 7 });
    const changed = realServer(1, { weight: 5 });
    await started(
      [virtualServer({ scheduler: 'wrr', realServers: [changed, realServer(2), realServer(3)] })],
      {
        reason: 'reload',
      },
    );
    const read = await ipvsClient(world.kernel.connect()).servers(web);
    expect(
      read.ok &&
        read.value.map(({ server, activeConnections }) => [server.address, server.weight, activeConnections]),
    ).toEqual([
      ['10.9.1.3', 1, 0],
      ['10.9.1.2', 1, 7],
      ['10.9.1.1', 5, 0],
    ]);
  });

  test('without a change nothing is written', async () => {
    await started([virtualServer()]);
    await rounds(good, seconds(10));
    const before = [...world.kernel.table.values()];
    await started([virtualServer()], { reason: 'reload' });
    const after = [...world.kernel.table.values()];
    expect(after.every((pool, i) => pool === before[i])).toBe(true);
  });
});

describe('a successor', () => {
  test('of one that died before any check goes on as that one would have', async () => {
    const slow = virtualServer({
      realServers: [realServer(1, { checkers: [tcpCheck({ alpha: true })] }), realServer(2)],
    });
    await started([slow]);
    const { saved, sentences } = world;
    expect(sentences.join()).toContain('Gained quorum');
    const next = new FakeWorld(world.kernel);
    world = next;
    worker = next.worker();
    await started([slow], { saved: JSON.parse(JSON.stringify(saved)) });
    expect(world.servers()).toEqual(['10.9.1.2:80=1']);
    expect(world.sentences.join()).not.toContain('quorum');
    await world.pass(seconds(6.01));
    expect(world.checks.size).toBe(2);
  });

  test('keeps a dead server out, checks all within delay_loop and says nothing again', async () => {
    const config = [virtualServer({ sorryServer: sorry(9) })];
    await started(config);
    await rounds(failing(first));
    const { saved } = world;
    const next = new FakeWorld(world.kernel);
    world = next;
    worker = next.worker();
    await started(config, { saved: JSON.parse(JSON.stringify(saved)) });
    expect(world.servers()).toEqual(['10.9.1.2:80=1']);
    await world.pass(seconds(7));
    expect(new Set(world.checks.keys())).toEqual(new Set([first, '[10.9.1.2]:tcp:80']));
    expect(world.sentences.filter((text) => text.startsWith('IPVS'))).toEqual([]);
  });

  test("leaves an operator's weight, and removes what the new file has not", async () => {
    const other = virtualServer({
      key: '[10.9.0.101]:tcp:80',
      services: [{ kind: 'address', address: address('10.9.0.101'), port: 80 }],
    });
    await started([virtualServer(), other]);
    const by = server({ address: address('10.9.1.1'), port: 80 }, { weight: 5 });
    await ipvsClient(world.kernel.connect()).perform([{ kind: 'set-server', service: web, server: by }]);
    const { saved } = world;
    world = new FakeWorld(world.kernel);
    worker = world.worker();
    await started([virtualServer()], { saved });
    expect(world.servers()).toEqual(['10.9.1.1:80=5', '10.9.1.2:80=1']);
    expect(world.kernel.table.size).toBe(1);
  });

  test('core hears that a server is dead before the kernel does', async () => {
    await started([virtualServer()]);
    await rounds(failing(first), seconds(9));
    for (let i = 0; i < 40 && world.servers()?.length === 2; i++) await rounds(failing(first), seconds(0.5));
    const known = world.saved.pools[0]?.servers.find(({ key }) => key === first);
    expect(known?.alive).toBe(false);
  });
});

describe('the end', () => {
  test.each([
    ['stop', false, undefined],
    ['stop with -I', true, both],
  ] as const)('%s', async (_, dontReleaseIpvs, left) => {
    await started([virtualServer()], { options: { dontReleaseIpvs } });
    await world.pass(seconds(8));
    worker.receive({ kind: 'stop' });
    await settled();
    expect(world.servers()).toEqual(left);
    expect(world.checks.size).toBe(0);
    expect(world.messages.at(-1)).toEqual({ kind: 'stopped' });
    expect(world.exitCode).toBe(0);
    expect(world.timerAt).toBeUndefined();
  });

  test('when core is gone the table goes too', async () => {
    await started([virtualServer()]);
    worker.terminate('parent-gone');
    worker.terminate('told');
    await settled();
    expect(world.servers()).toBeUndefined();
    expect(world.exitCode).toBe(0);
  });

  test('before anything was configured', async () => {
    worker.receive({ kind: 'stop' });
    await settled();
    expect(world.exitCode).toBe(0);
    expect(world.opened).toBe(0);
  });
});

describe('ha_suspend', () => {
  const suspended = virtualServer({ haSuspend: true });

  test('without its address nothing is checked; with it everything is', async () => {
    await started([suspended]);
    await world.pass(seconds(20));
    expect(world.checks.size).toBe(0);
    expect(world.servers()).toEqual(both);
    world.addresses.add(address('10.9.0.100'));
    world.addressesChanged();
    await settled();
    await world.pass(seconds(20));
    expect(world.checks.size).toBe(2);
  });
});
