import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { clock } from './clock.ts';
import { configuration } from './configuration.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { firewall } from './firewall.ts';
import { forwarding } from './forwarding.ts';
import { kernelModules } from './kernel-modules.ts';
import { leftOver } from './left-over.ts';
import { boundListeners } from './listeners.ts';
import { logDestination } from './log.ts';
import { otherDaemon } from './other-daemon.ts';
import { ownNetwork } from './own-network.ts';
import { reversePath } from './reverse-path.ts';
import { rights } from './rights.ts';
import { scripts } from './scripts.ts';
import { virtualRouters } from './virtual-routers.ts';

/** One thing to look after: a judgement over what was observed. */
export interface Check {
  /** What a report without findings says was looked at. */
  readonly about: string;
  readonly judge: (facts: Facts) => readonly Finding[];
}

/** In the order of a start: what keeps the daemon from running first. */
export const checks: readonly Check[] = [
  { about: 'rights', judge: rights },
  { about: 'configuration', judge: configuration },
  { about: 'scripts', judge: scripts },
  { about: 'other daemons', judge: otherDaemon },
  { about: 'networks of virtual addresses', judge: ownNetwork },
  { about: 'left-over addresses', judge: leftOver },
  { about: 'LVS modules', judge: kernelModules },
  { about: 'forwarding', judge: forwarding },
  { about: 'services on virtual addresses', judge: boundListeners },
  { about: 'reverse path filter', judge: reversePath },
  { about: 'firewall', judge: firewall },
  { about: 'other routers', judge: virtualRouters },
  { about: 'duplicate addresses', judge: duplicateAddress },
  { about: 'clock', judge: clock },
  { about: 'log', judge: logDestination },
];
