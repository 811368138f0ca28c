import type { VrrpScript } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { settled } from '../support/fake-world.ts';
import { at, instance, vip } from '../support/instance.ts';
import { advertFrom, useWorker } from '../support/worker-bench.ts';

const bench = useWorker();

describe('reload', () => {
  test('a renamed instance is the same: nothing is sent, core hears the new name', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    await bench.configured([instance({ name: 'VI_NEW' })], { reason: 'reload' });
    expect(bench.news()).toEqual(['title keepalived']);
    expect(bench.factsOf('removed').map((fact) => fact.instance)).toEqual(['VI_1']);
    expect(bench.factsOf('saved').at(-1)?.instance).toMatchObject({ name: 'VI_NEW', phase: 'master' });
    bench.world.pass(seconds(1));
    expect(bench.news()).toEqual(['send eth0:51:100']);
  });

  test('an instance that is gone says goodbye before its endpoint is closed', async () => {
    await bench.configured([
      instance(),
      instance({
        name: 'VI_2',
        virtualRouterId: 52,
        interface: 'eth0',
        multicastDestination: address('224.0.0.99'),
      }),
    ]);
    await bench.becomeMaster();
    bench.news();
    await bench.configured([instance()], { reason: 'reload' });
    expect(bench.news()).toEqual(['title keepalived', 'send eth0:52:0', 'close eth0 2']);
  });

  test('an address that moves to another instance stays', async () => {
    const [one, two] = [vip('10.0.0.9'), vip('10.0.0.10')];
    const pair = (a: typeof one, b: typeof two) => [
      instance({ virtualAddresses: [a] }),
      instance({ name: 'VI_2', virtualRouterId: 52, virtualAddresses: [b] }),
    ];
    await bench.configured(pair(one, two));
    await bench.becomeMaster();
    bench.news();
    await bench.configured(pair(two, one), { reason: 'reload' });
    expect(bench.news().filter((line) => line.startsWith('delete'))).toEqual([]);
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
  const ended = (status: number, run = bench.factsOf('run-script').at(-1)?.run ?? 0) =>
    bench.worker.receive({
      kind: 'script-finished',
      script: 'chk',
      run,
      outcome: { kind: 'exited', status },
    });

  test('core is asked to run it at once and at its pace; its result moves the priority', async () => {
    await bench.configured([tracking(-30)], {}, [script]);
    expect(bench.factsOf('run-script').map((fact) => fact.script)).toEqual(['chk']);
    ended(0);
    bench.world.pass(seconds(2));
    expect(bench.factsOf('run-script')).toHaveLength(2);
    ended(1);
    expect(bench.world.sentences).toContain('(VI_1) Changing effective priority from 100 to 70');
    await bench.becomeMaster();
    expect(bench.news()).toContain('send eth0:51:70');
  });

  test('with weight 0 nothing is decided before the first result, and a failure is a FAULT', async () => {
    await bench.configured([tracking(0)], {}, [script]);
    expect(bench.world.timerAt).toBe(at(2));
    ended(1);
    expect(bench.world.sentences).toContain('(VI_1) entering FAULT state: script chk failed');
  });

  test('the result of a program that a reload has exchanged while it ran counts for nothing', async () => {
    await bench.configured([tracking(0)], {}, [script]);
    const other: VrrpScript = { ...script, command: { argv: ['/bin/other'], runAs: undefined } };
    await bench.configured([tracking(0)], { reason: 'reload' }, [other]);
    const [old, fresh] = bench.factsOf('run-script').map((fact) => fact.run);
    ended(1, old);
    expect(bench.world.sentences.filter((text) => text.includes('FAULT'))).toEqual([]);
    ended(0, fresh);
    expect(bench.world.sentences).toContain('VRRP_Script(chk) succeeded');
  });

  test('one that nobody tracks is not run', async () => {
    await bench.configured([instance()], {}, [script]);
    expect(bench.factsOf('run-script')).toEqual([]);
  });

  test('results are saved with the instance, and a successor starts with them', async () => {
    await bench.configured([tracking(0)], {}, [script]);
    ended(0);
    const saved = bench.factsOf('saved').at(-1)?.instance;
    expect(saved?.scripts).toEqual([{ name: 'chk', verdict: 'good', streak: 0 }]);
    await bench.replace();
    await bench.configured([tracking(0)], { saved: saved === undefined ? [] : [saved] }, [script]);
    expect(bench.factsOf('saved').at(-1)?.instance.phase).toBe('backup');
  });
});

describe('the end', () => {
  test('stop: priority 0, addresses away, stopped, exit 0', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    bench.worker.receive({ kind: 'stop' });
    await settled();
    expect(bench.news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(bench.world.messages.at(-1)).toEqual({ kind: 'stopped' });
    expect(bench.world.exitCode).toBe(0);
  });

  test('a successor goes on with a master: one advert more, everything stays, and that advert is reported', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    const { name } = instance();
    bench.worker.receive({ kind: 'stop', staying: [name] });
    await settled();
    expect(bench.news()).toEqual(['send eth0:51:100']);
    expect(bench.factsOf('saved').at(-1)?.instance).toMatchObject({
      phase: 'master',
      lastAdvertAt: bench.world.now,
    });
    expect(bench.factsOf('notify')).toEqual([]);
    expect(bench.world.exitCode).toBe(0);
  });

  test('core is dead: the same, and nobody to tell', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    bench.worker.terminate('parent-gone');
    expect(bench.news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(bench.world.exitCode).toBe(0);
  });

  test('-V: nothing is sent and nothing is removed', async () => {
    await bench.configured([instance()], {
      options: { dontReleaseVrrp: true, releaseVips: false, logDetail: false },
    });
    await bench.becomeMaster();
    bench.news();
    bench.worker.receive({ kind: 'stop' });
    expect(bench.news()).toEqual([]);
  });

  test('twice is once', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    bench.worker.terminate('told');
    bench.worker.receive({ kind: 'stop' });
    expect(bench.news()).toHaveLength(2);
  });
});

describe('a successor', () => {
  test('goes on as master: the next advert comes when it was due, no address is touched', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    const saved = bench.factsOf('saved').at(-1)?.instance;
    const held = [...bench.world.addresses.values()];
    const { now } = bench.world;
    await bench.replace((next) => {
      next.now = now;
      for (const a of held) next.hold(a);
    });
    await bench.configured([instance()], { saved: saved === undefined ? [] : [saved] });
    expect(bench.world.timerAt).toBe(at(4.609375));
    expect(bench.news().filter((line) => line.startsWith('delete'))).toEqual([]);
  });

  test('takes away what instances held that a reload has removed meanwhile', async () => {
    await bench.configured([instance()]);
    const saved = bench.factsOf('saved').at(-1)?.instance;
    await bench.replace();
    await bench.configured([], { saved: saved === undefined ? [] : [saved] });
    expect(bench.news()).toContain('delete 10.0.0.9/24');
  });
});

describe('a core that is stuck', () => {
  test('costs no advert; logs are dropped and counted, scripts and the last state are told afterwards', async () => {
    const slow = instance({ notify: { reportDeleted: false, any: { argv: ['/bin/n'], runAs: undefined } } });
    await bench.configured([slow]);
    bench.world.stuck = true;
    const before = bench.world.messages.length;
    bench.news();
    bench.world.pass(seconds(1000));
    expect(bench.news().filter((line) => line.startsWith('send')).length).toBe(997);
    expect(bench.world.messages.length - before).toBeLessThanOrEqual(256);
    for (let i = 0; i < 5; i++) {
      bench.world.arrives(advertFrom('10.0.0.3', slow, 200));
      bench.world.pass(seconds(4));
    }
    const told = bench.factsOf('notify').length;
    bench.world.recover();
    await settled();
    expect(bench.factsOf('notify').length - told).toBe(10);
    expect(bench.world.sentences.some((text) => /\d+ log records were dropped/.test(text))).toBe(true);
    expect(bench.factsOf('saved').at(-1)?.instance.phase).toBe('master');
  });

  test('a ping is answered at once', () => {
    bench.worker.receive({ kind: 'ping', sequence: 7 });
    expect(bench.world.messages.at(-1)).toEqual({ kind: 'pong', sequence: 7 });
  });
});
