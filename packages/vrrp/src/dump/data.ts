import type { VirtualAddress } from '@holdfast/config';
import { toSeconds } from '@holdfast/kit';
import { nextDeadline } from '../logic/instance.ts';
import { faultText } from '../logic/messages.ts';
import { effectivePriority } from '../logic/priority.ts';
import type { Running } from '../system/running.ts';
import { printableAddress } from './address-text.ts';
import type { DumpedScript } from './dumped-script.ts';
import { type DumpTime, epochSeconds } from './time.ts';

type Line = readonly [string, string | number | boolean | undefined];

/** keepalived.data of the VRRP process: keepalived's headings, one `label = value` a line. For people. */
export function dataText(
  instances: readonly Running[],
  scripts: readonly DumpedScript[],
  time: DumpTime,
): string {
  const topology = instances.map((running) => instanceBlock(running, time)).join('');
  return [
    section('VRRP Topology', topology),
    section('VRRP Scripts', scripts.map(scriptBlock).join('')),
  ].join('');
}

const section = (title: string, text: string): string =>
  text === '' ? '' : `------< ${title} >------\n${text}`;

function block(title: string, name: string, lines: readonly Line[]): string {
  const shown = lines.filter(([, value]) => value !== undefined);
  return ` ${title} = ${name}\n${shown.map(([label, value]) => `   ${label} = ${value}\n`).join('')}`;
}

function instanceBlock(running: Running, time: DumpTime): string {
  const { config } = running;
  const lines = [...stateLines(running, time), ...settingLines(running), ...packetLines(running)];
  const lists = [
    addressList('Virtual IP', config.virtualAddresses, running),
    addressList('Virtual IP Excluded', config.excludedAddresses, running),
    list(
      'Unicast Peer',
      config.unicastPeers.map(({ address }) => address),
    ),
    list(
      'Tracked interfaces',
      config.trackInterfaces.map(({ name, weight }) => `${name} weight ${weight}`),
    ),
    list(
      'Tracked scripts',
      config.trackScripts.map(({ name, weight }) => `${name} weight ${weight}`),
    ),
  ];
  return `${block('VRRP Instance', config.name, lines)}${lists.join('')}`;
}

function stateLines({ config, state }: Running, time: DumpTime): readonly Line[] {
  const { phase, master } = state;
  const due = nextDeadline(state);
  return [
    ['VRRP Version', config.version],
    ['State', phase.kind.toUpperCase()],
    ['Causes of the fault', phase.kind === 'fault' ? phase.causes.map(faultText).join('; ') : undefined],
    ['Master router', master?.address],
    ['Master priority', master?.priority],
    ['Master advert interval', `${state.masterAdvertInterval / 1e3} ms`],
    ['Last transition', new Date(epochSeconds(state.enteredAt, time) * 1e3).toISOString()],
    ['Next deadline in', due === undefined ? undefined : `${((due - time.now) / 1e6).toFixed(6)} s`],
    ['Source address', state.surroundings.source],
    ['Base priority', config.priority],
    ['Effective priority', effectivePriority(config, state)],
  ];
}

function settingLines({ config }: Running): readonly Line[] {
  const { garp } = config;
  return [
    ['Interface', config.interface],
    ['Virtual Router ID', config.virtualRouterId],
    ['Advert interval', `${toSeconds(config.advertInterval)} s`],
    ['Down timer adverts', config.downTimerAdverts],
    ['Preempt', config.nopreempt ? 'disabled' : 'enabled'],
    ['Preempt delay', config.preemptDelay > 0 ? `${toSeconds(config.preemptDelay)} s` : undefined],
    ['Authentication', config.authentication.type === 'pass' ? 'SIMPLE_PASSWORD ********' : 'none'],
    ['Multicast address', config.unicastPeers.length > 0 ? undefined : config.multicastDestination],
    ['Gratuitous ARP delay', `${toSeconds(garp.masterDelay)} s`],
    ['Gratuitous ARP repeat', garp.masterRepeat],
    ['Gratuitous ARP refresh', `${toSeconds(garp.masterRefresh)} s`],
    ['Gratuitous ARP refresh repeat', garp.masterRefreshRepeat],
    ['Gratuitous ARP lower priority delay', `${toSeconds(garp.lowerPriorityDelay)} s`],
    ['Gratuitous ARP lower priority repeat', garp.lowerPriorityRepeat],
    ['Send advert after receive lower priority advert', !config.lowerPriorityNoAdvert],
    ['Send advert after receive higher priority advert', config.higherPrioritySendAdvert],
    ['Strict mode', config.strict],
    ['Track primary interface', !config.dontTrackPrimary],
  ];
}

const packetLines = ({ drops, checksums }: Running): readonly Line[] => [
  ...[...drops].map(([reason, n]): Line => [`Packets dropped (${reason})`, n]),
  ...[...checksums].map(([form, n]): Line => [`Checksums accepted (${form})`, n]),
];

const addressList = (title: string, addresses: readonly VirtualAddress[], { state }: Running): string =>
  list(
    title,
    addresses.map((a) => printableAddress(a, state.phase.kind === 'master')),
  );

const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `   ${title} (${items.length}):\n${items.map((item) => `     ${item}\n`).join('')}`;

function scriptBlock({ config, state }: DumpedScript): string {
  return block('VRRP Script', config.name, [
    ['Command', config.command.argv.join(' ')],
    ['Interval', `${toSeconds(config.interval)} s`],
    ['Timeout', `${toSeconds(config.timeout)} s`],
    ['Weight', config.weight],
    ['Rise', config.rise],
    ['Fall', config.fall],
    ['Status', state.verdict],
    ['Last result', state.lastResult],
    ['Running', state.running],
  ]);
}
