import { readFileSync } from 'node:fs';
import { descendants, isRunning } from '../lab-support/processes.ts';
import { eventually, pause } from '../lab-support/until.ts';
import { claim, claimEqual } from './claims.ts';
import { startContainer } from './container.ts';
import type { Image } from './image.ts';
import type { Lan } from './lan.ts';
import { type Base, configurationFolder, needed, serves, stop } from './owner.ts';

const rows = [
  { given: ['SETUID', 'SETGID', 'KILL'], lost: [], works: true, ends: true },
  { given: ['KILL'], lost: ['SETUID', 'SETGID'], works: false, ends: true },
  { given: ['SETUID', 'SETGID'], lost: ['KILL'], works: true, ends: false },
] as const;

/** What scripts of other users need: what is said and lost without it. */
export async function scriptUsers(image: Image, lan: Lan, wishes: Base): Promise<void> {
  const script = (name: string): string =>
    `vrrp_script ${name} {\n  script /etc/keepalived/${name}\n  interval 1\n  timeout 1\n  fall 1\n  rise 1\n  weight -20\n}\n`;
  const configuration = configurationFolder(image, {
    globals: 'script_user nobody\nenable_script_security',
    blocks: script('whoami') + script('hang'),
    priority: 254,
    instance: 'track_script {\n    whoami\n    hang\n  }',
    programs: {
      whoami: '#!/bin/sh\n[ "$(id -un)" = nobody ]\n',
      hang: '#!/bin/sh\nexec sleep 1000\n',
    },
  });
  for (const { given, lost, works, ends } of rows) {
    const container = await startContainer(image, {
      ...wishes,
      configuration,
      capabilities: [...needed, ...given],
      command: ['run', '-D'],
    });
    await serves(lan, container);
    const said = lost.length === 0 ? 'nothing' : lost.join(' and ');
    claimEqual(
      `with ${given.join(', ')} it says what scripts of other users lack: ${said}`,
      [...container.said().matchAll(/the capability (\w+) is missing/g)].map(([, name]) => name),
      lost,
    );
    const outcome = works ? /VRRP_Script\(whoami\) succeeded/ : /whoami.* 127/;
    const seen = await eventually(6000, () => outcome.test(container.said()));
    claim(
      `such a script ${works ? 'runs as its user' : 'fails with status 127'} then`,
      seen === true,
      container.said,
    );
    if (works) {
      const hanging = await eventually(6000, () => sleepers(container.pid)[0]);
      // Its timeout is one second.
      await pause(4000);
      claimEqual(
        `and one that hangs is ${ends ? '' : 'not '}ended`,
        hanging !== undefined && !isRunning(hanging),
        ends,
      );
    }
    await stop(container);
  }
}

const sleepers = (pid: number): readonly number[] =>
  descendants(pid).filter((each) => commandOf(each) === 'sleep');

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
