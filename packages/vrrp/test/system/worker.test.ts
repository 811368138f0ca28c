import type { VrrpInstance, VrrpScript } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { VrrpFact } from '../../src/ipc.ts';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { configure, FakeWorld, link, linkAddress, settled } from '../support/fake-world.ts';
import { at, instance, vip } from '../support/instance.ts';

let world: FakeWorld;
let worker: Worker;
beforeEach(async () => {
  world = new FakeWorld();
  worker = await world.worker();
});

const configured = async (...args: Parameters<typeof configure>): Promise<void> => {
  worker.receive(configure(...args));
  await settled();
};
/** What has been asked of the world since the last call. */
const news = (): readonly string[] => world.log.splice(0);
const advertFrom = (source: string, config: VrrpInstance, priority: number): Uint8Array => {
  const [datagram] = advertDatagrams(config, address(source), priority, 1);
  if (datagram === undefined) throw new RangeError('no datagram');
  return datagram.bytes;
};
const factsOf = <K extends VrrpFact['kind']>(kind: K) =>
  world.facts.filter((fact): fact is Extract<VrrpFact, { kind: K }> => fact.kind === kind);
const becomeMaster = async (): Promise<void> => {
  world.pass(seconds(3.7));
  await settled();
};

describe('from the first message to master', () => {
  test('it says ready when it has looked around, and configured when it listens', async () => {
    expect(world.messages).toEqual([{ kind: 'ready', pid: 4711 }]);
    await configured([instance()]);
    expect(world.messages.at(-1)).toEqual({ kind: 'configured', reason: 'start' });
    expect(news()).toEqual(['title keepalived', 'open eth0 224.0.0.18', 'delete 10.0.0.9/24']);
    expect(world.timerAt).toBe(at(3.609375));
  });

  test('Master_Down_Timer: advert, address, gratuitous ARP, in this order', async () => {
    await configured([instance()]);
    news();
    await becomeMaster();
    const garps = `garp ${Array<string>(5).fill('10.0.0.9').join(' ')}`;
    expect(news()).toEqual(['send eth0:51:100', 'add 10.0.0.9/24', garps]);
    expect(world.timerAt).toBe(at(4.609375));
  });

  test('everything a turn has to say travels in one message', async () => {
    await configured([
      instance({ notify: { reportDeleted: false, any: { argv: ['/bin/n'], runAs: undefined } } }),
    ]);
    const before = world.messages.length;
    await becomeMaster();
    expect(world.messages.slice(before).map(({ kind }) => kind)).toEqual(['turn']);
    expect(factsOf('notify').at(-1)?.extra).toEqual(['INSTANCE', 'VI_1', 'MASTER', '100']);
    expect(factsOf('saved').at(-1)?.instance).toMatchObject({ phase: 'master', lastAdvertAt: at(3.609375) });
    expect(world.sentences).toContain('(VI_1) Entering MASTER STATE');
  });

  test('adverts of a turn leave in one call', async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      instance({ name: `VI_${i}`, virtualRouterId: i + 1, virtualAddresses: [vip(`10.0.1.${i + 1}`)] }),
    );
    await configured(many);
    news();
    await becomeMaster();
    expect(
      news()
        .filter((line) => line.startsWith('send'))
        .map((line) => line.split(' ').length),
    ).toEqual([51]);
  });

  test('messages that come while the transport opens wait for it, in order', async () => {
    worker.receive(configure([instance()]));
    worker.receive({ kind: 'dump', what: 'json' });
    expect(world.messages).toHaveLength(1);
    await settled();
    expect(world.messages.at(-1)).toMatchObject({ kind: 'dump', what: 'json' });
  });

  test('without the right to open a socket it says so and ends with 4', async () => {
    world.wireRefusal = { what: 'open a raw socket', code: 'EPERM', remedy: 'start as root' };
    await configured([instance()]);
    expect(world.sentences).toContain('open a raw socket: EPERM; start as root');
    expect(world.exitCode).toBe(4);
  });
});

describe('vrrp_garp_interval', () => {
  const paced = async (): Promise<void> => {
    const message = configure([instance()]);
    const { slice } = message;
    worker.receive({
      ...message,
      slice: { ...slice, global: { ...slice.global, garpInterval: seconds(0.5) } },
    });
    await settled();
    await becomeMaster();
  };

  test('gratuitous ARPs go out one by one', async () => {
    await paced();
    world.pass(seconds(1));
    expect(news().filter((line) => line.startsWith('garp'))).toEqual(Array<string>(3).fill('garp 10.0.0.9'));
  });

  test('those that wait are dropped with the address', async () => {
    await paced();
    world.arrives(advertFrom('10.0.0.3', instance(), 200));
    news();
    world.pass(seconds(3));
    expect(news()).toEqual([]);
  });
});

describe('what arrives', () => {
  beforeEach(async () => {
    await configured([instance()]);
  });

  test('an advert moves the timer', () => {
    world.now = at(2);
    world.arrives(advertFrom('10.0.0.3', instance(), 200));
    expect(world.timerAt).toBe(at(5.609375));
  });

  test('after a stall what has arrived counts before what was due', () => {
    world.waiting.push({ index: 2, bytes: advertFrom('10.0.0.3', instance(), 200) });
    news();
    world.stall(seconds(10));
    expect(news()).toEqual([]);
    expect(world.timerAt).toBe(at(13.609375));
  });

  test('a bad packet is counted, logged once, and has no effect', () => {
    const bad = advertFrom('10.0.0.3', instance(), 200);
    bad[27] = (bad[27] ?? 0) ^ 0xff;
    for (let i = 0; i < 100; i++) world.arrives(bad);
    expect(world.timerAt).toBe(at(3.609375));
    expect(world.sentences.filter((text) => text.includes('its checksum is wrong'))).toHaveLength(1);
    worker.receive({ kind: 'dump', what: 'data' });
    expect(world.messages.at(-1)).toMatchObject({
      text: expect.stringContaining('Packets dropped (bad-checksum) = 100'),
    });
  });

  test('a packet of another VRID is nobody’s', () => {
    world.arrives(advertFrom('10.0.0.3', instance({ virtualRouterId: 99 }), 200));
    expect(world.timerAt).toBe(at(3.609375));
  });
});

describe('links and addresses', () => {
  test('a link that goes down is a FAULT, one that comes back the whole timer', async () => {
    await configured([instance()]);
    await becomeMaster();
    news();
    world.happens({ kind: 'link', link: link('eth0', 2, { running: false }) });
    await settled();
    expect(news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(world.timerAt).toBeUndefined();
    world.happens({ kind: 'link', link: link('eth0', 2) });
    await settled();
    expect(world.timerAt).toBe(at(3.7 + 3.609375));
  });

  test('an interface that is made anew has another index: its endpoint is opened anew', async () => {
    await configured([instance()]);
    news();
    world.happens({ kind: 'link-gone', index: 2, name: 'eth0' });
    await settled();
    expect(news()).toEqual(['close eth0 2']);
    world.happens({ kind: 'link', link: link('eth0', 7) });
    world.happens({ kind: 'address', address: linkAddress(7, '10.0.0.2') });
    await settled();
    expect(news()).toEqual(['open eth0 224.0.0.18']);
    expect(world.timerAt).toBe(at(3.609375));
  });

  test('a renamed interface is still the same endpoint', async () => {
    await configured([
      instance(),
      instance({
        name: 'VI_2',
        interface: 'eth1',
        virtualRouterId: 52,
        virtualAddresses: [vip('10.0.0.8', { interface: 'eth1' })],
      }),
    ]);
    news();
    world.happens({ kind: 'link', link: link('eth1', 2) });
    await settled();
    expect(news()).toEqual([]);
    expect(world.sentences).toContain('(VI_1) entering FAULT state: interface eth0 does not exist');
    expect(world.sentences).toContain('(VI_2) Entering BACKUP STATE');
  });

  test('the source follows the primary address, and is never a VIP', async () => {
    await configured([instance({ virtualAddresses: [vip('10.0.0.9')] })]);
    await becomeMaster();
    world.happens({ kind: 'address-gone', address: linkAddress(2, '10.0.0.2') });
    await settled();
    expect(world.sentences).toContain(
      '(VI_1) entering FAULT state: interface eth0 has no address to send adverts from',
    );
  });

  test('an address that somebody deletes is put back at once; what we delete ourselves is not', async () => {
    const both = instance({ virtualAddresses: [vip('10.0.0.9'), vip('10.0.0.10')] });
    await configured([both]);
    await becomeMaster();
    await configured([instance()], { reason: 'reload' });
    expect(world.sentences.filter((text) => text.includes('somebody deleted'))).toEqual([]);
    news();
    world.happens({ kind: 'address-gone', address: linkAddress(2, '10.0.0.9') });
    await settled();
    expect(news()[0]).toBe('add 10.0.0.9/24');
    expect(world.sentences.filter((text) => text.includes('somebody deleted'))).toHaveLength(1);
  });

  test('a late report of our own removal is not taken for somebody else’s', async () => {
    await configured([instance()]);
    await becomeMaster();
    world.onTheWay = [];
    world.arrives(advertFrom('10.0.0.3', instance(), 200));
    world.pass(seconds(4));
    news();
    world.report();
    await settled();
    expect(news()).toEqual([]);
    expect(world.addresses.has('2 10.0.0.9/24')).toBe(true);
  });

  test('a deletion whose report was lost is found by listing again', async () => {
    await configured([instance()]);
    await becomeMaster();
    world.addresses.delete('2 10.0.0.9/24');
    news();
    world.loseEvents();
    await settled();
    expect(news()[0]).toBe('add 10.0.0.9/24');
  });

  test('an owner gives an address that was there before it not away, unless told so by -X', async () => {
    for (const [releaseVips, kept] of [
      [false, true],
      [true, false],
    ] as const) {
      world = new FakeWorld();
      world.hold(linkAddress(2, '10.0.0.9'));
      worker = await world.worker();
      await configured([instance({ priority: 255 })], {
        options: { dontReleaseVrrp: false, releaseVips, logDetail: false },
      });
      worker.receive({ kind: 'stop' });
      await settled();
      expect(world.addresses.has('2 10.0.0.9/24')).toBe(kept);
    }
  });
});

describe('reload', () => {
  test('a renamed instance is the same: nothing is sent, core hears the new name', async () => {
    await configured([instance()]);
    await becomeMaster();
    news();
    await configured([instance({ name: 'VI_NEW' })], { reason: 'reload' });
    expect(news()).toEqual(['title keepalived']);
    expect(factsOf('removed').map((fact) => fact.instance)).toEqual(['VI_1']);
    expect(factsOf('saved').at(-1)?.instance).toMatchObject({ name: 'VI_NEW', phase: 'master' });
    world.pass(seconds(1));
    expect(news()).toEqual(['send eth0:51:100']);
  });

  test('an instance that is gone says goodbye before its endpoint is closed', async () => {
    await configured([
      instance(),
      instance({
        name: 'VI_2',
        virtualRouterId: 52,
        interface: 'eth0',
        multicastDestination: address('224.0.0.99'),
      }),
    ]);
    await becomeMaster();
    news();
    await configured([instance()], { reason: 'reload' });
    expect(news()).toEqual(['title keepalived', 'send eth0:52:0', 'close eth0 2']);
  });

  test('an address that moves to another instance stays', async () => {
    const [one, two] = [vip('10.0.0.9'), vip('10.0.0.10')];
    const pair = (a: typeof one, b: typeof two) => [
      instance({ virtualAddresses: [a] }),
      instance({ name: 'VI_2', virtualRouterId: 52, virtualAddresses: [b] }),
    ];
    await configured(pair(one, two));
    await becomeMaster();
    news();
    await configured(pair(two, one), { reason: 'reload' });
    expect(news().filter((line) => line.startsWith('delete'))).toEqual([]);
  });
});

describe('scripts', () => {
  const script: VrrpScript = {
    name: 'chk',
    command: { argv: ['/bin/check'], runAs: undefined },
    interval: seconds(2),
    timeout: seconds(2),
    weight: 0,
    weightReverse: false,
    rise: 1,
    fall: 1,
    initFail: false,
  };
  const tracking = (weight: number) => instance({ trackScripts: [{ name: 'chk', weight, reverse: false }] });
  const ended = (status: number) =>
    worker.receive({ kind: 'script-finished', script: 'chk', outcome: { kind: 'exited', status } });

  test('core is asked to run it at once and at its pace; its result moves the priority', async () => {
    await configured([tracking(-30)], {}, [script]);
    expect(factsOf('run-script').map((fact) => fact.script)).toEqual(['chk']);
    ended(0);
    world.pass(seconds(2));
    expect(factsOf('run-script')).toHaveLength(2);
    ended(1);
    expect(world.sentences).toContain('(VI_1) Changing effective priority from 100 to 70');
    await becomeMaster();
    expect(news()).toContain('send eth0:51:70');
  });

  test('with weight 0 nothing is decided before the first result, and a failure is a FAULT', async () => {
    await configured([tracking(0)], {}, [script]);
    expect(world.timerAt).toBe(at(2));
    ended(1);
    expect(world.sentences).toContain('(VI_1) entering FAULT state: script chk failed');
  });

  test('one that nobody tracks is not run', async () => {
    await configured([instance()], {}, [script]);
    expect(factsOf('run-script')).toEqual([]);
  });

  test('results are saved with the instance, and a successor starts with them', async () => {
    await configured([tracking(0)], {}, [script]);
    ended(0);
    const saved = factsOf('saved').at(-1)?.instance;
    expect(saved?.scripts).toEqual([{ name: 'chk', verdict: 'good', streak: 0 }]);
    world = new FakeWorld();
    worker = await world.worker();
    await configured([tracking(0)], { saved: saved === undefined ? [] : [saved] }, [script]);
    expect(factsOf('saved').at(-1)?.instance.phase).toBe('backup');
  });
});

describe('the end', () => {
  test('stop: priority 0, addresses away, stopped, exit 0', async () => {
    await configured([instance()]);
    await becomeMaster();
    news();
    worker.receive({ kind: 'stop' });
    await settled();
    expect(news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(world.messages.at(-1)).toEqual({ kind: 'stopped' });
    expect(world.exitCode).toBe(0);
  });

  test('core is dead: the same, and nobody to tell', async () => {
    await configured([instance()]);
    await becomeMaster();
    news();
    worker.terminate('parent-gone');
    expect(news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(world.exitCode).toBe(0);
  });

  test('-V: nothing is sent and nothing is removed', async () => {
    await configured([instance()], {
      options: { dontReleaseVrrp: true, releaseVips: false, logDetail: false },
    });
    await becomeMaster();
    news();
    worker.receive({ kind: 'stop' });
    expect(news()).toEqual([]);
  });

  test('twice is once', async () => {
    await configured([instance()]);
    await becomeMaster();
    news();
    worker.terminate('told');
    worker.receive({ kind: 'stop' });
    expect(news()).toHaveLength(2);
  });
});

describe('a successor', () => {
  test('goes on as master: the next advert comes when it was due, no address is touched', async () => {
    await configured([instance()]);
    await becomeMaster();
    const saved = factsOf('saved').at(-1)?.instance;
    const held = [...world.addresses.values()];
    const now = world.now;
    world = new FakeWorld();
    world.now = now;
    for (const a of held) world.hold(a);
    worker = await world.worker();
    await configured([instance()], { saved: saved === undefined ? [] : [saved] });
    expect(world.timerAt).toBe(at(4.609375));
    expect(news().filter((line) => line.startsWith('delete'))).toEqual([]);
  });

  test('takes away what instances held that a reload has removed meanwhile', async () => {
    await configured([instance()]);
    const saved = factsOf('saved').at(-1)?.instance;
    world = new FakeWorld();
    worker = await world.worker();
    await configured([], { saved: saved === undefined ? [] : [saved] });
    expect(news()).toContain('delete 10.0.0.9/24');
  });
});

describe('a core that is stuck', () => {
  test('costs no advert; logs are dropped and counted, scripts and the last state are told afterwards', async () => {
    const slow = instance({ notify: { reportDeleted: false, any: { argv: ['/bin/n'], runAs: undefined } } });
    await configured([slow]);
    world.stuck = true;
    const before = world.messages.length;
    news();
    world.pass(seconds(1000));
    expect(news().filter((line) => line.startsWith('send')).length).toBe(997);
    expect(world.messages.length - before).toBeLessThanOrEqual(256);
    for (let i = 0; i < 5; i++) {
      world.arrives(advertFrom('10.0.0.3', slow, 200));
      world.pass(seconds(4));
    }
    const told = factsOf('notify').length;
    world.recover();
    await settled();
    expect(factsOf('notify').length - told).toBe(10);
    expect(world.sentences.some((text) => /\d+ log records were dropped/.test(text))).toBe(true);
    expect(factsOf('saved').at(-1)?.instance.phase).toBe('master');
  });

  test('a ping is answered at once', () => {
    worker.receive({ kind: 'ping', sequence: 7 });
    expect(world.messages.at(-1)).toEqual({ kind: 'pong', sequence: 7 });
  });
});
