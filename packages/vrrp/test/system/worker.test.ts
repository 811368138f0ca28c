import { seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { configure, link, linkAddress, settled } from '../support/fake-world.ts';
import { at, instance, vip } from '../support/instance.ts';
import { advertFrom, useWorker } from '../support/worker-bench.ts';

const bench = useWorker();

describe('from the first message to master', () => {
  test('it says ready when it has looked around, and configured when it listens', async () => {
    expect(bench.world.messages).toEqual([{ kind: 'ready', pid: 4711 }]);
    await bench.configured([instance()]);
    expect(bench.world.messages.at(-1)).toEqual({ kind: 'configured', reason: 'start' });
    expect(bench.news()).toEqual(['title keepalived', 'open eth0 224.0.0.18', 'delete 10.0.0.9/24']);
    expect(bench.world.timerAt).toBe(at(3.609375));
  });

  test('Master_Down_Timer: advert, address, gratuitous ARP, in this order', async () => {
    await bench.configured([instance()]);
    bench.news();
    await bench.becomeMaster();
    const garps = `garp ${Array<string>(5).fill('10.0.0.9').join(' ')}`;
    expect(bench.news()).toEqual(['send eth0:51:100', 'add 10.0.0.9/24', garps]);
    expect(bench.world.timerAt).toBe(at(4.609375));
  });

  test('everything a turn has to say travels in one message', async () => {
    await bench.configured([
      instance({ notify: { reportDeleted: false, any: { argv: ['/bin/n'], runAs: undefined } } }),
    ]);
    const before = bench.world.messages.length;
    await bench.becomeMaster();
    expect(bench.world.messages.slice(before).map(({ kind }) => kind)).toEqual(['turn']);
    expect(bench.factsOf('notify').at(-1)?.extra).toEqual(['INSTANCE', 'VI_1', 'MASTER', '100']);
    expect(bench.factsOf('saved').at(-1)?.instance).toMatchObject({
      phase: 'master',
      lastAdvertAt: at(3.609375),
    });
    expect(bench.world.sentences).toContain('(VI_1) Entering MASTER STATE');
  });

  test('adverts of a turn leave in one call', async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      instance({ name: `VI_${i}`, virtualRouterId: i + 1, virtualAddresses: [vip(`10.0.1.${i + 1}`)] }),
    );
    await bench.configured(many);
    bench.news();
    await bench.becomeMaster();
    expect(
      bench
        .news()
        .filter((line) => line.startsWith('send'))
        .map((line) => line.split(' ').length),
    ).toEqual([51]);
  });

  test('messages that come while the transport opens wait for it, in order', async () => {
    bench.worker.receive(configure([instance()]));
    bench.worker.receive({ kind: 'dump', what: 'json' });
    expect(bench.world.messages).toHaveLength(1);
    await settled();
    expect(bench.world.messages.at(-1)).toMatchObject({ kind: 'dump', what: 'json' });
  });

  test('without the right to open a socket it says so and ends with 4', async () => {
    bench.world.wireRefusal = { what: 'open a raw socket', code: 'EPERM', remedy: 'start as root' };
    await bench.configured([instance()]);
    expect(bench.world.sentences).toContain('open a raw socket: EPERM; start as root');
    expect(bench.world.exitCode).toBe(4);
  });
});

describe('vrrp_garp_interval', () => {
  const paced = async (): Promise<void> => {
    const message = configure([instance()]);
    const { slice } = message;
    bench.worker.receive({
      ...message,
      slice: { ...slice, global: { ...slice.global, garpInterval: seconds(0.5) } },
    });
    await settled();
    await bench.becomeMaster();
  };

  test('gratuitous ARPs go out one by one', async () => {
    await paced();
    bench.world.pass(seconds(1));
    expect(bench.news().filter((line) => line.startsWith('garp'))).toEqual(
      Array<string>(3).fill('garp 10.0.0.9'),
    );
  });

  test('those that wait are dropped with the address', async () => {
    await paced();
    bench.world.arrives(advertFrom('10.0.0.3', instance(), 200));
    bench.news();
    bench.world.pass(seconds(3));
    expect(bench.news()).toEqual([]);
  });
});

describe('what arrives', () => {
  beforeEach(async () => {
    await bench.configured([instance()]);
  });

  test('an advert moves the timer', () => {
    bench.world.now = at(2);
    bench.world.arrives(advertFrom('10.0.0.3', instance(), 200));
    expect(bench.world.timerAt).toBe(at(5.609375));
  });

  test('after a stall what has arrived counts before what was due', () => {
    bench.world.waiting.push({ index: 2, bytes: advertFrom('10.0.0.3', instance(), 200) });
    bench.news();
    bench.world.stall(seconds(10));
    expect(bench.news()).toEqual([]);
    expect(bench.world.timerAt).toBe(at(13.609375));
  });

  test('a bad packet is counted, logged once, and has no effect', () => {
    const bad = advertFrom('10.0.0.3', instance(), 200);
    bad[27] = (bad[27] ?? 0) ^ 0xff;
    for (let i = 0; i < 100; i++) bench.world.arrives(bad);
    expect(bench.world.timerAt).toBe(at(3.609375));
    expect(bench.world.sentences.filter((text) => text.includes('its checksum is wrong'))).toHaveLength(1);
    bench.worker.receive({ kind: 'dump', what: 'data' });
    expect(bench.world.messages.at(-1)).toMatchObject({
      text: expect.stringContaining('Packets dropped (bad-checksum) = 100'),
    });
  });

  test('a packet of another VRID is nobody’s', () => {
    bench.world.arrives(advertFrom('10.0.0.3', instance({ virtualRouterId: 99 }), 200));
    expect(bench.world.timerAt).toBe(at(3.609375));
  });
});

describe('links and addresses', () => {
  test('a link that goes down is a FAULT, one that comes back the whole timer', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    bench.world.happens({ kind: 'link', link: link('eth0', 2, { running: false }) });
    await settled();
    expect(bench.news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(bench.world.timerAt).toBeUndefined();
    bench.world.happens({ kind: 'link', link: link('eth0', 2) });
    await settled();
    expect(bench.world.timerAt).toBe(at(3.7 + 3.609375));
  });

  test('an interface that is made anew has another index: its endpoint is opened anew', async () => {
    await bench.configured([instance()]);
    bench.news();
    bench.world.happens({ kind: 'link-gone', index: 2, name: 'eth0' });
    await settled();
    expect(bench.news()).toEqual(['close eth0 2']);
    bench.world.happens({ kind: 'link', link: link('eth0', 7) });
    bench.world.happens({ kind: 'address', address: linkAddress(7, '10.0.0.2') });
    await settled();
    expect(bench.news()).toEqual(['open eth0 224.0.0.18']);
    expect(bench.world.timerAt).toBe(at(3.609375));
  });

  test('a renamed interface is still the same endpoint', async () => {
    await bench.configured([
      instance(),
      instance({
        name: 'VI_2',
        interface: 'eth1',
        virtualRouterId: 52,
        virtualAddresses: [vip('10.0.0.8', { interface: 'eth1' })],
      }),
    ]);
    bench.news();
    bench.world.happens({ kind: 'link', link: link('eth1', 2) });
    await settled();
    expect(bench.news()).toEqual([]);
    expect(bench.world.sentences).toContain('(VI_1) entering FAULT state: interface eth0 does not exist');
    expect(bench.world.sentences).toContain('(VI_2) Entering BACKUP STATE');
  });

  test('the source follows the primary address, and is never a VIP', async () => {
    await bench.configured([instance({ virtualAddresses: [vip('10.0.0.9')] })]);
    await bench.becomeMaster();
    bench.world.happens({ kind: 'address-gone', address: linkAddress(2, '10.0.0.2') });
    await settled();
    expect(bench.world.sentences).toContain(
      '(VI_1) entering FAULT state: interface eth0 has no address to send adverts from',
    );
  });

  test('an address that somebody deletes is put back at once; what we delete ourselves is not', async () => {
    const both = instance({ virtualAddresses: [vip('10.0.0.9'), vip('10.0.0.10')] });
    await bench.configured([both]);
    await bench.becomeMaster();
    await bench.configured([instance()], { reason: 'reload' });
    expect(bench.world.sentences.filter((text) => text.includes('somebody deleted'))).toEqual([]);
    bench.news();
    bench.world.happens({ kind: 'address-gone', address: linkAddress(2, '10.0.0.9') });
    await settled();
    expect(bench.news()[0]).toBe('add 10.0.0.9/24');
    expect(bench.world.sentences.filter((text) => text.includes('somebody deleted'))).toHaveLength(1);
  });

  test.each([
    ['EPERM', ['(VI_1) the kernel did not remove']],
    // With its interface it has gone already.
    ['ENODEV', []],
  ] as const)('a removal that the kernel refuses with %s comes to %o', async (code, told) => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.world.addressRefusal = code;
    bench.world.arrives(advertFrom('10.0.0.3', instance(), 200));
    await settled();
    const sentences = bench.world.sentences.filter((text) => text.includes('did not remove'));
    expect(sentences.map((text) => text.slice(0, 33).trim())).toEqual(told);
  });

  test('a late report of our own removal is not taken for somebody else’s', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.world.onTheWay = [];
    bench.world.arrives(advertFrom('10.0.0.3', instance(), 200));
    bench.world.pass(seconds(4));
    bench.news();
    bench.world.report();
    await settled();
    expect(bench.news()).toEqual([]);
    expect(bench.world.addresses.has('2 10.0.0.9/24')).toBe(true);
  });

  test('a deletion whose report was lost is found by listing again', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.world.addresses.delete('2 10.0.0.9/24');
    bench.news();
    bench.world.loseEvents();
    await settled();
    expect(bench.news()[0]).toBe('add 10.0.0.9/24');
  });

  test('an owner gives an address that was there before it not away, unless told so by -X', async () => {
    for (const [releaseVips, kept] of [
      [false, true],
      [true, false],
    ] as const) {
      await bench.replace((world) => world.hold(linkAddress(2, '10.0.0.9')));
      await bench.configured([instance({ priority: 255 })], {
        options: { dontReleaseVrrp: false, releaseVips, logDetail: false },
      });
      bench.worker.receive({ kind: 'stop' });
      await settled();
      expect(bench.world.addresses.has('2 10.0.0.9/24')).toBe(kept);
    }
  });
});
