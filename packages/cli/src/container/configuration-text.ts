import { unreachable } from '@holdfast/kit';
import type { RealServer, VirtualServer } from './choose-servers.ts';
import type { Plan } from './plan.ts';
import type { Check, PoolWishes } from './pool-wishes.ts';

/** A line of the configuration, and where its value came from. */
interface Line {
  readonly text: string;
  readonly from?: string;
}

/** The configuration in keepalived's language; behind each value stands where it came from. */
export function configurationText(plan: Plan): string {
  const scripts = trackedScripts(plan);
  const lines: readonly Line[] = [
    { text: 'global_defs {' },
    { text: `    router_id ${plan.hostName}`, from: 'the host name' },
    ...(scripts.length === 0
      ? []
      : [{ text: '    script_user root' }, { text: '    enable_script_security' }]),
    { text: '}' },
    ...scripts.flatMap((script) => scriptBlock(script, plan)),
    { text: '' },
    ...instance(
      plan,
      scripts.map(({ name }) => name),
    ),
    ...plan.servers.flatMap((server) =>
      plan.wishes.pool === undefined ? [] : virtualServer(server, plan.wishes.pool),
    ),
  ];
  return `${lines.map(lineText).join('\n')}\n`;
}

/** Comments are for people; what is in them must not reach the parser as anything else. */
const lineText = ({ text, from }: Line): string =>
  from === undefined ? text : `${text.padEnd(44)} # ${from.replace(/[^\w .,:;/()=*?-]/g, '_')}`;

interface Script {
  readonly name: string;
  readonly command: string;
  readonly from: string;
}

function trackedScripts({ wishes: { track }, probe }: Plan): readonly Script[] {
  const { script, url } = track;
  return [
    ...(script === undefined ? [] : [{ name: 'script', command: script, from: 'HOLDFAST_TRACK_SCRIPT' }]),
    ...(url === undefined ? [] : [{ name: 'page', command: `${probe} ${url}`, from: 'HOLDFAST_TRACK_URL' }]),
  ];
}

function scriptBlock({ name, command, from }: Script, { wishes: { track } }: Plan): readonly Line[] {
  return [
    { text: '' },
    { text: `vrrp_script ${name} {` },
    { text: `    script "${command}"`, from },
    { text: `    interval ${track.interval}` },
    { text: `    timeout ${Math.max(2, track.interval)}` },
    { text: '    fall 2' },
    { text: '    rise 2' },
    ...(track.weight === 0 ? [] : [{ text: `    weight ${track.weight}`, from: 'HOLDFAST_TRACK_WEIGHT' }]),
    { text: '}' },
  ];
}

function instance(plan: Plan, scripts: readonly string[]): readonly Line[] {
  const { wishes, address, password } = plan;
  return [
    { text: 'vrrp_instance VI_1 {' },
    {
      text: '    state BACKUP',
      ...(wishes.preempt ? { from: 'holdfast: ignore backup-preempts' } : {}),
    },
    ...(wishes.preempt ? [] : [{ text: '    nopreempt', from: 'HOLDFAST_PREEMPT' }]),
    { text: `    interface ${plan.interface.value}`, from: plan.interface.from },
    { text: `    virtual_router_id ${plan.vrid.value}`, from: plan.vrid.from },
    { text: `    priority ${plan.priority.value}`, from: plan.priority.from },
    ...version(plan),
    ...(wishes.advertInterval === undefined
      ? []
      : [{ text: `    advert_int ${wishes.advertInterval}`, from: 'HOLDFAST_ADVERT_INTERVAL' }]),
    {
      text: `    ${wishes.peers.length > 0 ? 'unicast' : 'mcast'}_src_ip ${address.value}`,
      from: address.from,
    },
    ...peerLines(plan),
    ...(password === undefined
      ? []
      : [
          ...block('authentication', [
            { text: 'auth_type PASS' },
            { text: `auth_pass ${password.value}`, from: password.from },
          ]),
        ]),
    ...addressBlocks(plan),
    ...(scripts.length === 0
      ? []
      : block(
          'track_script',
          scripts.map((text) => ({ text })),
        )),
    { text: '}' },
  ];
}

/** Intervals that are no whole seconds need version 3 (RFC 9568 §5.2.7). */
function version({ wishes: { version, advertInterval } }: Plan): readonly Line[] {
  if (version !== undefined) return [{ text: `    version ${version}`, from: 'HOLDFAST_VERSION' }];
  return advertInterval === undefined || Number.isInteger(advertInterval)
    ? []
    : [{ text: '    version 3', from: 'HOLDFAST_ADVERT_INTERVAL is no whole number of seconds' }];
}

/**
 * Who waits for peers of a name stands in for them: an instance that changed from the group to peers later would have to
 * give its addresses up, and one whose peers change need not.
 */
function peerLines({ peers, wishes, address }: Plan): readonly Line[] {
  if (wishes.peers.length === 0) return [];
  if (peers.value.length === 0)
    return block('unicast_peer', [
      { text: `# ${peers.from}` },
      { text: address.value, from: 'holdfast: ignore peer-is-oneself' },
    ]);
  return block(
    'unicast_peer',
    peers.value.map((peer) => ({ text: peer, from: peers.from })),
  );
}

/** An instance speaks for one family, that of the first address; others go along with it. */
function addressBlocks({ vips }: Plan): readonly Line[] {
  const [first] = vips;
  const isSpoken = (address: string): boolean =>
    first !== undefined && address.includes(':') === first.address.includes(':');
  const lines = (wanted: boolean): readonly Line[] =>
    vips
      .filter(({ address }) => isSpoken(address) === wanted)
      .map(({ address, prefixLength, from }) => ({ text: `${address}/${prefixLength}`, from }));
  const others = lines(false);
  return [
    ...block('virtual_ipaddress', lines(true)),
    ...(others.length === 0 ? [] : block('virtual_ipaddress_excluded', others)),
  ];
}

function virtualServer({ address, port, servers }: VirtualServer, pool: PoolWishes): readonly Line[] {
  return [
    { text: '' },
    { text: `virtual_server ${address} ${port} {`, from: 'HOLDFAST_VIPS and HOLDFAST_POOL' },
    { text: '    delay_loop 3' },
    { text: `    lvs_sched ${pool.scheduler}` },
    { text: `    lvs_method ${pool.method}` },
    { text: `    protocol ${pool.protocol}` },
    ...servers.flatMap((server) => realServer(server, pool)),
    { text: '}' },
  ];
}

function realServer({ address, port, weight, from }: RealServer, { check }: PoolWishes): readonly Line[] {
  const unchecked = check.kind === 'none' ? 'holdfast: ignore server-without-checker' : undefined;
  return block(
    `real_server ${address} ${port}`,
    [{ text: `weight ${weight}`, from }, ...checker(check)],
    unchecked,
  );
}

function checker(check: Check): readonly Line[] {
  switch (check.kind) {
    case 'none':
      return [];
    case 'tcp':
      return tcpCheck;
    case 'page':
      return pageCheck(check.path);
    default:
      return unreachable(check);
  }
}

const tcpCheck: readonly Line[] = [{ text: 'TCP_CHECK {' }, { text: '    connect_timeout 3' }, { text: '}' }];

const pageCheck = (path: string): readonly Line[] => [
  { text: 'HTTP_GET {' },
  { text: '    url {' },
  { text: `        path ${path}`, from: 'HOLDFAST_POOL_CHECK' },
  { text: '        status_code 200' },
  { text: '    }' },
  { text: '    connect_timeout 3' },
  { text: '}' },
];

/** A block inside of another one. */
const block = (name: string, lines: readonly Line[], from?: string): readonly Line[] => [
  { text: `    ${name} {`, ...(from === undefined ? {} : { from }) },
  ...lines.map((line) => ({ ...line, text: `        ${line.text}` })),
  { text: '    }' },
];
