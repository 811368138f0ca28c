import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { initialState, type Override, type ServerWish, step } from '../../src/index.ts';
import { drive } from './driver.ts';
import { miscCheck, realServer, sorry, tcpCheck, virtualServer } from './virtual-servers.ts';

const bad = { kind: 'failure', reason: 'connection refused' } as const;
const good = { kind: 'success' } as const;
const one = '[10.9.1.1]:tcp:80';
const vs = 'VS [10.9.0.100]:tcp:80';
const drain: Override = { kind: 'drain' };
const disable: Override = { kind: 'disable' };
const weigh = (weight: number): Override => ({ kind: 'weight', weight });
const wish = (override: Override, server = one): ServerWish => ({ server, override });
const wants = (...wishes: readonly ServerWish[]) => ({ kind: 'wishes', wishes }) as const;
const impatient = { checkers: [tcpCheck({ retry: 0 })] };

describe('an operator wants of the first of two servers', () => {
  test.each([
    ['that it is drained', wish(drain), ['10.9.1.1:80 w0', '10.9.1.2:80 w1']],
    ['that it is disabled', wish(disable), ['10.9.1.2:80 w1']],
    ['weight 7', wish(weigh(7)), ['10.9.1.1:80 w7', '10.9.1.2:80 w1']],
    ['weight 0', wish(weigh(0)), ['10.9.1.1:80 w0', '10.9.1.2:80 w1']],
    ['nothing, for it is another', wish(drain, 'nobody'), ['10.9.1.1:80 w1', '10.9.1.2:80 w1']],
  ])('%s', (_, wanted, table) => {
    const health = drive(virtualServer());
    health.happens(wants(wanted));
    expect(health.table()).toEqual(table);
    health.happens(wants());
    expect(health.table(), 'enabled again').toEqual(['10.9.1.1:80 w1', '10.9.1.2:80 w1']);
  });

  test('what is disabled is gone, also where inhibit_on_failure would keep it', () => {
    const health = drive(virtualServer({ realServers: [realServer(1, { inhibitOnFailure: true })] }));
    health.happens(wants(wish(disable)));
    expect(health.table()).toEqual([]);
  });

  test('its weight comes before what a script of its says', () => {
    const health = drive(virtualServer({ realServers: [realServer(1, { checkers: [miscCheck()] })] }));
    health.happens(wants(wish(weigh(7))));
    health.checked(0, { kind: 'success', weight: 50 });
    expect(health.table()).toEqual(['10.9.1.1:80 w7']);
    health.happens(wants());
    expect(health.table()).toEqual(['10.9.1.1:80 w50']);
  });
});

test('it is logged, planned, and no script is told: the health is what it was', () => {
  const health = drive(virtualServer());
  expect(health.happens(wants(wish(drain)))).toEqual([
    `service ${one} of ${vs} is drained by the operator: no new connections, those that are stay`,
    `Changing weight from 1 to 0 for active service ${one} of ${vs}`,
    'plan',
  ]);
});

test('the same wish again changes nothing', () => {
  const config = virtualServer();
  const health = drive(config);
  health.happens(wants(wish(drain)));
  const outcome = step(config, health.state, wants(wish(drain)), health.now);
  expect(outcome.state).toBe(health.state);
  expect(outcome.effects).toEqual([]);
});

describe('the quorum follows the weights', () => {
  const config = virtualServer({ realServers: [realServer(1), realServer(2)], sorryServer: sorry(9) });

  test('with every server drained the sorry server takes new connections; the old ones stay where they are', () => {
    const health = drive(config);
    const said = health.happens(wants(wish(drain), wish(drain, '[10.9.1.2]:tcp:80')));
    expect(said).toContain(`Lost quorum 1-0=1 > 0 for ${vs}`);
    expect(said).toContain('quorum_down');
    expect(health.table()).toEqual(['10.9.1.1:80 w0', '10.9.1.2:80 w0', '10.9.1.9:80 w1']);
    expect(health.happens(wants(wish(drain)))).toContain('quorum_up');
    expect(health.table()).toEqual(['10.9.1.1:80 w0', '10.9.1.2:80 w1']);
  });

  test('with every server disabled the sorry server stands alone', () => {
    const health = drive(config);
    health.happens(wants(wish(disable), wish(disable, '[10.9.1.2]:tcp:80')));
    expect(health.table()).toEqual(['10.9.1.9:80 w1']);
  });
});

describe('what is wanted outlasts', () => {
  const config = virtualServer({ realServers: [realServer(1, impatient), realServer(2)] });

  test('the death and the return of a drained server', () => {
    const health = drive(config);
    health.happens(wants(wish(drain)));
    health.checked(0, bad);
    expect(health.table()).toEqual(['10.9.1.2:80 w1']);
    health.checked(0, good);
    expect(health.table()).toEqual(['10.9.1.1:80 w0', '10.9.1.2:80 w1']);
  });

  test('a reload, with other checkers and another weight', () => {
    const health = drive(config);
    health.happens(wants(wish(drain)));
    health.reloads(
      virtualServer({ realServers: [realServer(1, { weight: 5, checkers: [] }), realServer(2)] }),
    );
    expect(health.table()).toEqual(['10.9.1.1:80 w0', '10.9.1.2:80 w1']);
  });

  test('the worker: its successor is told at the start, and judges the quorum by it at once', () => {
    const alone = virtualServer({ realServers: [realServer(1)] });
    const saved = { key: alone.key, quorum: 'down', servers: [] } as const;
    const wishes = [wish(drain)];
    const { state, effects } = step(
      alone,
      initialState,
      { kind: 'start', saved, chance: [0], wishes },
      seconds(1),
    );
    expect(state.quorum).toBe('down');
    expect(effects.filter(({ kind }) => kind === 'notify-quorum')).toEqual([]);
  });
});

test('the last attempt of each checker is remembered', () => {
  const health = drive(virtualServer());
  health.checked(0, bad);
  expect(health.state.servers[0]?.checkers[0]?.last).toEqual({
    at: health.now,
    kind: 'failure',
    text: 'connection refused',
  });
  expect(health.state.servers[1]?.checkers[0]?.last).toBeUndefined();
});
