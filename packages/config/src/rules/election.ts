import { type Micros, micros, seconds, toSeconds } from '@holdfast/kit';
import { isGiven, readValue } from '../build/read.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { type InstanceRule, reportKeyword } from './rule.ts';

/** Version 2 counts whole seconds from 1 to 255, version 3 hundredths up to 40.95 s (RFC 3768 §5.3.7, RFC 9568 §5.2.7). */
const intervalFitsTheVersion: InstanceRule = (instance, node, context) => {
  const { advertInterval, version } = instance;
  const fitting = fittingInterval(advertInterval, version);
  if (fitting === advertInterval) return instance;
  const allowed = version === 2 ? 'whole seconds' : 'hundredths of a second up to 40.95';
  reportKeyword(context, node, rows.advert_int, {
    code: 'interval-does-not-fit',
    message: `advert_int ${toSeconds(advertInterval)} is not possible in version ${version}, which takes ${allowed}`,
    word: 1,
    used: `${toSeconds(fitting)} s`,
    remedy: version === 2 ? 'write whole seconds, or use version 3 on all routers' : 'write such a value',
    reload: 'refuse-if-lost',
  });
  return { ...instance, advertInterval: fitting };
};

function fittingInterval(interval: Micros, version: 2 | 3): Micros {
  if (version === 2) return seconds(Math.max(1, Math.round(toSeconds(interval))));
  return micros(Math.min(4095, Math.max(1, Math.round(interval / 1e4))) * 1e4);
}

/** `nopreempt` contradicts an instance that is to be master whatever happens. */
const nopreemptNeedsBackup: InstanceRule = (instance, node, context) => {
  if (!instance.nopreempt || (instance.priority !== 255 && instance.initialState !== 'MASTER'))
    return instance;
  const why = instance.priority === 255 ? 'priority 255' : 'state MASTER';
  reportKeyword(context, node, rows.nopreempt, {
    code: 'nopreempt-dropped',
    severity: 'warning',
    message: `nopreempt has no effect with ${why}`,
    used: 'the instance preempts',
    remedy: 'write state BACKUP on all routers, and nopreempt on the one with the higher priority',
    keepalived: 'reported',
  });
  return { ...instance, nopreempt: false };
};

const preemptDelayNeedsPreemption: InstanceRule = (instance, node, context) => {
  const { preemptDelay, nopreempt, initialState } = instance;
  if (preemptDelay === 0 || (!nopreempt && initialState !== 'MASTER')) return instance;
  reportKeyword(context, node, rows.preempt_delay, {
    code: 'preempt-delay-dropped',
    severity: 'warning',
    message: `preempt_delay has no effect with ${nopreempt ? 'nopreempt' : 'state MASTER'}`,
    used: 'no delay',
    remedy: nopreempt ? 'remove one of the two' : 'write state BACKUP',
    keepalived: 'reported',
  });
  return { ...instance, preemptDelay: micros(0) };
};

/** Only an owner may turn a deaf ear; an owner that is told not to, does so all the same (as keepalived has it). */
const onlyOwnersIgnoreAdverts: InstanceRule = (instance, node, context) => {
  const given = readValue(node, rows.owner_ignore_adverts);
  const isOwner = instance.priority === 255;
  if (given === undefined || given === isOwner) return instance;
  reportKeyword(context, node, rows.owner_ignore_adverts, {
    code: 'owner-ignore-adverts-corrected',
    severity: 'warning',
    message: isOwner ? 'an address owner ignores adverts' : 'owner_ignore_adverts needs priority 255',
    used: isOwner ? 'on' : 'off',
    remedy: 'remove the line',
    keepalived: 'reported',
  });
  return { ...instance, ownerIgnoreAdverts: isOwner };
};

/** Version 2 runs without an address, with a warning; version 3 and strict mode do not. */
const addressIsNeeded: InstanceRule = (instance, node, context) => {
  if (instance.virtualAddresses.length > 0) return instance;
  const allowed = isGiven(node, rows.no_virtual_ipaddress) && !instance.strict;
  if (allowed) return instance;
  const fatal = instance.version === 3 || instance.strict;
  if (context.reporter.blame(node.subject, 'virtualAddresses', fatal ? 'fatal' : 'harmless')) {
    return fatal ? undefined : instance;
  }
  reportKeyword(context, node, rows.virtual_ipaddress, {
    code: 'no-address',
    severity: fatal ? 'error' : 'warning',
    message: `${node.statement.words[1]?.text ?? 'the instance'} has no virtual_ipaddress`,
    used: fatal ? 'nothing: the daemon does not run without it' : 'it elects a master that holds nothing',
    remedy: 'add the addresses, or no_virtual_ipaddress if none is meant',
    keepalived: 'reported',
    fatal,
  });
  return fatal ? undefined : instance;
};

/** An address owner has priority 255 whatever happens: what would change it is left out. */
const ownersTakeNoWeights: InstanceRule = (instance, node, context) => {
  const isPlain = ({ weight }: { readonly weight: number }): boolean => weight === 0;
  const { trackScripts, trackInterfaces } = instance;
  if (instance.priority !== 255 || [...trackScripts, ...trackInterfaces].every(isPlain)) return instance;
  const row = trackScripts.every(isPlain) ? rows.track_interface : rows.track_script;
  reportKeyword(context, node, row, {
    code: 'weight-of-owner',
    severity: 'warning',
    message: 'priority 255 does not change, whatever is tracked with a weight',
    used: 'the instance without what has a weight',
    remedy: 'write a lower priority, or no weight where a failure means FAULT',
    keepalived: 'reported',
  });
  return {
    ...instance,
    trackScripts: trackScripts.filter(isPlain),
    trackInterfaces: trackInterfaces.filter(isPlain),
  };
};

export const electionRules: readonly InstanceRule[] = [
  intervalFitsTheVersion,
  nopreemptNeedsBackup,
  preemptDelayNeedsPreemption,
  onlyOwnersIgnoreAdverts,
  ownersTakeNoWeights,
  addressIsNeeded,
];
