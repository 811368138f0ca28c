import type { Config } from '@holdfast/config';
import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/daemon/configuration.ts';
import { reloader } from '../../src/daemon/reload.ts';
import { global, instance } from '../supervisor/slice.ts';

const script = (name: string): Config['vrrpScripts'][number] => ({
  name,
  command: { argv: ['/bin/true'], runAs: undefined },
  interval: seconds(1),
  timeout: seconds(1),
  weight: 0,
  weightReverse: false,
  rise: 1,
  fall: 1,
  initFail: false,
});
const config = (more: Partial<Config> = {}): Config => ({
  global,
  vrrpScripts: [script('chk')],
  vrrpInstances: [instance('V1')],
  virtualServers: [],
  ...more,
});
const reading = (more: Partial<Reading> = {}): Reading => ({
  config: config({ vrrpInstances: [instance('V1', seconds(2))] }),
  remarks: [],
  notInEffect: [],
  scripts: { disabled: [], tolerated: [] },
  testStatus: 0,
  refusal: undefined,
  fingerprint: '',
  againstReload: () => [],
  ...more,
});

/** A daemon that reads what it is told to, and applies when it is told to. */
function fakeDaemon(read: () => Reading) {
  const seen = { log: [] as string[], applied: 0, reads: 0, states: [] as string[] };
  const applying: (() => void)[] = [];
  let running = config();
  const reload = reloader({
    read: async () => {
      seen.reads++;
      return read();
    },
    running: () => running,
    apply: (next) => {
      seen.applied++;
      running = next;
      return new Promise((resolve) => void applying.push(resolve));
    },
    log: (record) => void seen.log.push(record.text),
    together: (run) => run(),
    announce: (state) => void seen.states.push(state),
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const finish = async (): Promise<void> => {
    await settle();
    for (const resolve of applying.splice(0)) resolve();
    await settle();
  };
  return { reload, seen, finish, settle };
}

describe('a reload', () => {
  test('is applied, with what it changes, and announced as finished when the workers have it', async () => {
    const daemon = fakeDaemon(() => reading());
    void daemon.reload();
    await daemon.settle();
    expect(daemon.seen.states).toEqual(['reloading']);
    await daemon.finish();
    expect(daemon.seen.states).toEqual(['reloading', 'ready']);
    expect(daemon.seen.log).toEqual([
      'Reloading ...',
      'Reload: vrrp_instance V1: advert_int 1 s -> 2 s; advert_int: routers that do not have the same yet drop its adverts, so that two may be MASTER at once',
      'Reload complete',
    ]);
  });

  test.each([
    [
      'the configuration says so',
      { againstReload: () => ['(a: Line 3) no such interface'] },
      '(a: Line 3) no such interface',
    ],
  ] as const)('is refused when %s; nothing is applied, the reason is told', async (_, more, reason) => {
    const daemon = fakeDaemon(() => reading(more));
    await daemon.reload();
    expect(daemon.seen.applied).toBe(0);
    expect(daemon.seen.log).toContain(`Reload refused: ${reason}`);
    expect(daemon.seen.states).toEqual(['reloading', 'ready']);
  });

  test('goes on when only a new script cannot run', async () => {
    const daemon = fakeDaemon(() =>
      reading({ scripts: { disabled: [{ what: 'vrrp_script other', why: 'no file' }], tolerated: [] } }),
    );
    void daemon.reload();
    await daemon.finish();
    expect(daemon.seen.applied).toBe(1);
  });

  test('of a thousand things is told in a hundred lines and their number', async () => {
    const vrrpScripts = Array.from({ length: 1000 }, (_, i) => script(`chk${i}`));
    const daemon = fakeDaemon(() => reading({ config: config({ vrrpScripts }) }));
    void daemon.reload();
    await daemon.finish();
    const told = daemon.seen.log.filter((text) => text.startsWith('Reload: '));
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toBe('Reload: and 901 more: 901 vrrp_script added');
  });

  test('asked for many times while one is under way is made once more', async () => {
    const daemon = fakeDaemon(() => reading());
    for (let n = 0; n < 10; n++) void daemon.reload();
    await daemon.finish();
    await daemon.finish();
    await daemon.finish();
    expect(daemon.seen.reads).toBe(2);
    void daemon.reload();
    await daemon.finish();
    expect(daemon.seen.reads).toBe(3);
  });
});
