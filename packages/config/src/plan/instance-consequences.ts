import type { VrrpInstance } from '../types.ts';
import type { Consequence } from './planned.ts';

type Rule = (before: VrrpInstance, after: VrrpInstance) => Consequence | undefined;

/** What may follow where the same virtual router goes on under other values. */
export const instanceConsequences = (before: VrrpInstance, after: VrrpInstance): readonly Consequence[] =>
  rules.flatMap((rule) => rule(before, after) ?? []);

const transition = (text: string): Consequence => ({ kind: 'transition', text });
const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

const priority: Rule = (before, after) => {
  if (after.priority < before.priority)
    return transition('as MASTER it may lose to a BACKUP of higher priority that preempts');
  if (after.priority > before.priority && !after.nopreempt)
    return transition('as BACKUP it takes over from a MASTER of lower priority');
  return undefined;
};

const preemption: Rule = (before, after) =>
  before.nopreempt && !after.nopreempt
    ? transition('as BACKUP it may take over from a MASTER of lower priority from now on')
    : undefined;

/** What both sides must agree in: until then the others do not hear this router, and it does not hear them. */
const agreement: Rule = (before, after) => {
  const named = [
    ...(before.version === after.version ? [] : ['version']),
    ...(differ(before.authentication, after.authentication) ? ['authentication'] : []),
    ...(after.version === 2 && before.advertInterval !== after.advertInterval ? ['advert_int'] : []),
  ];
  return named.length === 0
    ? undefined
    : transition(
        `${named.join(' and ')}: routers that do not have the same yet drop its adverts, so that two may be MASTER at once`,
      );
};

const peers: Rule = (before, after) => {
  const of = ({ unicastPeers }: VrrpInstance): readonly string[] =>
    unicastPeers.map(({ address }) => address);
  const gone = of(before).filter((address) => !of(after).includes(address));
  return gone.length === 0
    ? undefined
    : transition(`${gone.join(', ')}: hears this router no more and takes over, if it goes on`);
};

const tracking: Rule = (before, after) => {
  const of = ({ trackScripts, trackInterfaces, dontTrackPrimary }: VrrpInstance): unknown => [
    trackScripts,
    trackInterfaces,
    dontTrackPrimary,
  ];
  return differ(of(before), of(after))
    ? transition('what it tracks counts at once: priority or FAULT follow from what is good or bad now')
    : undefined;
};

const timing: Rule = (before, after) => {
  const factors = before.downTimerAdverts !== after.downTimerAdverts;
  const interval = before.advertInterval !== after.advertInterval;
  return factors || interval
    ? {
        kind: 'continuity',
        text: 'as BACKUP its running timer moves by the difference; what was waited still counts',
      }
    : undefined;
};

const rules: readonly Rule[] = [priority, preemption, agreement, peers, tracking, timing];
