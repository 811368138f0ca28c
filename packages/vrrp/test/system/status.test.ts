import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { configure, settled } from '../support/fake-world.ts';
import { instance } from '../support/instance.ts';
import { advertFrom, useWorker } from '../support/worker-bench.ts';

const bench = useWorker();
const transitions = (): readonly string[] =>
  bench
    .factsOf('transition')
    .map(({ transition: { instance: name, from, to, cause } }) => `${name} ${from} ${to} ${cause.kind}`);

describe('core hears for people', () => {
  test('the status of each instance when it changes, and each transition with its cause', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    expect(bench.factsOf('status').map(({ status }) => status.phase)).toEqual(['backup', 'master']);
    expect(transitions()).toEqual(['VI_1 init backup started', 'VI_1 backup master master-silent']);
  });

  test('nothing at the adverts that follow, sent or heard', async () => {
    const config = instance();
    await bench.configured([config]);
    bench.world.arrives(advertFrom('10.0.0.3', config, 150));
    const before = bench.factsOf('status').length;
    for (let i = 0; i < 5; i++) {
      bench.world.pass(seconds(0.9));
      bench.world.arrives(advertFrom('10.0.0.3', config, 150));
    }
    expect(bench.factsOf('status')).toHaveLength(before);
    expect(bench.factsOf('status').at(-1)?.status.master).toEqual({ address: '10.0.0.3', priority: 150 });
  });

  test('its question is answered with what changes with every packet', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.worker.receive({ kind: 'statistics', query: 7 });
    expect(bench.factsOf('statistics')).toMatchObject([
      { query: 7, instances: [{ name: 'VI_1', counters: { advertsSent: 1, becameMaster: 1 } }] },
    ]);
  });
});

describe('an operator hands an instance over', () => {
  const handOver = async (on: boolean): Promise<void> => {
    bench.worker.receive({ kind: 'handover', instance: 'VI_1', on });
    await settled();
  };

  test('and takes it back', async () => {
    await bench.configured([instance()]);
    await bench.becomeMaster();
    bench.news();
    await handOver(true);
    expect(bench.news()).toEqual(['send eth0:51:0', 'delete 10.0.0.9/24']);
    expect(bench.factsOf('status').at(-1)?.status).toMatchObject({ handedOver: true, priority: 1 });
    await handOver(false);
    expect(bench.factsOf('status').at(-1)?.status).toMatchObject({ handedOver: false, priority: 100 });
  });

  test('which a successor of the worker is told, and obeys', async () => {
    bench.worker.receive(configure([instance({ priority: 255 })], { handedOver: ['VI_1'] }));
    await settled();
    expect(bench.factsOf('status').at(-1)?.status).toMatchObject({ phase: 'backup', handedOver: true });
  });

  test('and a reload tells anew: what core has forgotten ends, what it does not mention stays', async () => {
    await bench.configured([instance()], { handedOver: ['VI_1'] });
    await bench.configured([instance()], { reason: 'reload', handedOver: ['VI_1'] });
    expect(bench.factsOf('status').at(-1)?.status.handedOver).toBe(true);
    await bench.configured([instance()], { reason: 'reload' });
    expect(bench.factsOf('status').at(-1)?.status.handedOver).toBe(true);
    await bench.configured([instance()], { reason: 'reload', handedOver: [] });
    expect(bench.factsOf('status').at(-1)?.status.handedOver).toBe(false);
  });

  test('that does not exist: nothing happens', async () => {
    await bench.configured([instance()]);
    const before = bench.world.messages.length;
    bench.worker.receive({ kind: 'handover', instance: 'VI_9', on: true });
    expect(bench.world.messages).toHaveLength(before);
  });
});
