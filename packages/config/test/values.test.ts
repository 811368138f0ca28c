import { millis, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { complaints, instance, parse } from './parse.ts';

test('an instance that says next to nothing gets the defaults of the manual', () => {
  const result = parse(instance());
  expect(complaints(result)).toEqual([]);
  expect(result.config.vrrpInstances).toEqual([
    {
      name: 'VI_1',
      interface: 'eth0',
      family: 4,
      version: 2,
      virtualRouterId: 51,
      initialState: 'BACKUP',
      priority: 100,
      advertInterval: seconds(1),
      authentication: { type: 'none' },
      nopreempt: false,
      preemptDelay: 0,
      downTimerAdverts: 3,
      sourceAddress: undefined,
      multicastDestination: '224.0.0.18',
      unicastPeers: [],
      unicastTtl: 255,
      checkUnicastSource: false,
      virtualAddresses: [
        {
          address: '10.0.0.100',
          prefixLength: 24,
          interface: 'eth0',
          scope: 0,
          label: undefined,
          broadcast: undefined,
          peer: undefined,
          noPrefixRoute: false,
          noTrack: false,
        },
      ],
      excludedAddresses: [],
      trackScripts: [],
      trackInterfaces: [],
      dontTrackPrimary: false,
      garp: {
        masterDelay: seconds(5),
        masterRepeat: 5,
        masterRefresh: 0,
        masterRefreshRepeat: 1,
        lowerPriorityDelay: seconds(5),
        lowerPriorityRepeat: 5,
      },
      lowerPriorityNoAdvert: false,
      higherPrioritySendAdvert: false,
      ownerIgnoreAdverts: false,
      skipCheckAdvertAddresses: false,
      strict: false,
      checksumWithoutPseudoHeader: false,
      promoteSecondaries: false,
      notify: { reportDeleted: false },
      notifyPriorityChanges: false,
    },
  ]);
});

test.each([
  ['state MASTER', { initialState: 'MASTER', priority: 255 }],
  ['state MASTER\npriority 150', { initialState: 'MASTER', priority: 150 }],
  ['priority 255', { initialState: 'MASTER', priority: 255 }],
  ['priority 10\npriority 20', { priority: 20 }],
  ['advert_int 3', { advertInterval: seconds(3) }],
  ['version 3\nadvert_int 0.25', { version: 3, advertInterval: millis(250) }],
  ['nopreempt', { nopreempt: true }],
  ['nopreempt\npreempt', { nopreempt: false }],
  ['nopreempt no', { nopreempt: true }],
  ['preempt_delay 1.5', { preemptDelay: millis(1500) }],
  [
    'authentication {\nauth_type PASS\nauth_pass 1111\n}',
    { authentication: { type: 'pass', password: '1111' } },
  ],
  [
    'unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.3\n10.0.0.4 min_ttl 10 max_ttl 255\n}',
    {
      sourceAddress: '10.0.0.2',
      unicastPeers: [
        { address: '10.0.0.3', minTtl: undefined, maxTtl: undefined },
        { address: '10.0.0.4', minTtl: 10, maxTtl: 255 },
      ],
      checkUnicastSource: true,
    },
  ],
  [
    'virtual_ipaddress_excluded {\n10.0.1.1/30 dev eth1 brd + label eth1:1 scope link no_track\n}',
    {
      excludedAddresses: [
        {
          address: '10.0.1.1',
          prefixLength: 30,
          interface: 'eth1',
          broadcast: '10.0.1.3',
          label: 'eth1:1',
          scope: 253,
          noTrack: true,
          peer: undefined,
          noPrefixRoute: false,
        },
      ],
    },
  ],
  [
    'track_interface {\neth1 weight -20\n}',
    { trackInterfaces: [{ name: 'eth1', weight: -20, reverse: false }] },
  ],
  [
    'garp_master_refresh 60\ngarp_master_repeat 2\ngarp_lower_prio_repeat 0',
    {
      garp: {
        masterRefresh: seconds(60),
        masterRepeat: 2,
        lowerPriorityRepeat: 0,
        lowerPriorityDelay: seconds(5),
        masterDelay: seconds(5),
        masterRefreshRepeat: 1,
      },
    },
  ],
  [
    'notify_master "/bin/up \'a b\' c" nobody nogroup\nnotify /bin/any',
    {
      notify: {
        reportDeleted: false,
        master: { argv: ['/bin/up', 'a b', 'c'], runAs: { user: 'nobody', group: 'nogroup' } },
        any: { argv: ['/bin/any'], runAs: undefined },
      },
    },
  ],
  [
    'notify_deleted "/bin/gone"',
    { notify: { reportDeleted: true, deleted: { argv: ['/bin/gone'], runAs: undefined } } },
  ],
  ['notify_deleted', { notify: { reportDeleted: true } }],
])('%j means %j', (lines, expected) => {
  const result = parse(instance(lines));
  expect(complaints(result)).toEqual([]);
  expect(result.config.vrrpInstances).toMatchObject([expected]);
});

test('global_defs give the defaults of instances, wherever they stand', () => {
  const result = parse(`${instance()}global_defs {
  vrrp_version 3
  vrrp_garp_master_delay 2
  vrrp_garp_lower_prio_delay 1
  vrrp_skip_check_adv_addr
  vrrp_mcast_group4 224.0.0.99
  vrrp_startup_delay 1.5
  vrrp_rt_priority 20
  router_id "r one"
  script_user nobody
  dynamic_interfaces
}
child_wait_time 9
global_defs {
  vrrp_down_timer_adverts 4
  @holdfast vrrp_socket raw-socket
}
`);
  expect(complaints(result)).toEqual([]);
  expect(result.config.vrrpInstances).toMatchObject([
    {
      version: 3,
      downTimerAdverts: 4,
      skipCheckAdvertAddresses: true,
      multicastDestination: '224.0.0.99',
      garp: { masterDelay: seconds(2), lowerPriorityDelay: seconds(1) },
    },
  ]);
  expect(result.config.global).toMatchObject({
    vrrpStartupDelay: millis(1500),
    vrrpRealtimePriority: 20,
    routerId: 'r one',
    scriptUser: { user: 'nobody', group: undefined },
    dynamicInterfaces: true,
    childWaitTime: seconds(9),
    vrrpSocket: 'raw-socket',
  });
});

test('vrrp_min_garp lessens only what is not configured', () => {
  const { config } = parse(`global_defs {\nvrrp_min_garp\nvrrp_garp_master_repeat 3\n}\n${instance()}`);
  expect(config.vrrpInstances[0]?.garp).toEqual({
    masterDelay: 0,
    masterRepeat: 3,
    masterRefresh: 0,
    masterRefreshRepeat: 0,
    lowerPriorityDelay: 0,
    lowerPriorityRepeat: 3,
  });
});

test('a script has its own defaults, and a tracking entry its weight unless it gives another one', () => {
  const result = parse(`vrrp_script a {
  script "/bin/check -p 'x y'"
  interval 2.5
  weight -30 reverse
  fall 3
  user nobody
}
vrrp_script b {
  script /bin/b
  timeout 4
  init_fail
}
${instance('track_script {\na\nb weight 7\n}')}`);
  expect(complaints(result)).toEqual(['8 warning impatient-script']);
  expect(result.config.vrrpScripts).toEqual([
    {
      name: 'a',
      command: { argv: ['/bin/check', '-p', 'x y'], runAs: { user: 'nobody', group: undefined } },
      interval: millis(2500),
      timeout: millis(2500),
      weight: -30,
      weightReverse: true,
      rise: 1,
      fall: 3,
      initFail: false,
    },
    {
      name: 'b',
      command: { argv: ['/bin/b'], runAs: undefined },
      interval: seconds(1),
      timeout: seconds(4),
      weight: 0,
      weightReverse: false,
      rise: 1,
      fall: 1,
      initFail: true,
    },
  ]);
  expect(result.config.vrrpInstances[0]?.trackScripts).toEqual([
    { name: 'a', weight: -30, reverse: true },
    { name: 'b', weight: 7, reverse: false },
  ]);
});
