import type { VrrpScript } from '../types.ts';
import { differences } from './differences.ts';
import { keywordNames } from './keyword-names.ts';
import { compared, type Planned, planned } from './planned.ts';

/** `vrrp_script`: the same program under the same name goes on with its verdict; another one has to be run first. */
export function planScripts(
  before: readonly VrrpScript[],
  after: readonly VrrpScript[],
  isSame: (a: VrrpScript, b: VrrpScript) => boolean,
): readonly Planned[] {
  const next = new Map(after.map((script) => [script.name, script]));
  const known = new Set(before.map(({ name }) => name));
  return [
    ...before.map((script) => {
      const now = next.get(script.name);
      return now === undefined ? planned('vrrp_script', script.name, 'removed') : both(script, now, isSame);
    }),
    ...after
      .filter(({ name }) => !known.has(name))
      .map((script) => planned('vrrp_script', script.name, 'added')),
  ];
}

const named = keywordNames('vrrp_script');
/** `script` and `user` decide the command together; what changes is the program. */
const nameOf = (property: string): string | undefined =>
  property === 'command' ? 'script' : named(property);

function both(
  before: VrrpScript,
  after: VrrpScript,
  isSame: (a: VrrpScript, b: VrrpScript) => boolean,
): Planned {
  const changes = differences(before, after, nameOf);
  if (isSame(before, after)) return compared('vrrp_script', after.name, changes);
  const text = `its verdict is forgotten: until it has run it counts as ${after.initFail ? 'bad' : 'undecided'}`;
  return planned('vrrp_script', after.name, 'replaced', {
    changes,
    consequences: [{ kind: after.initFail ? 'transition' : 'continuity', text }],
  });
}
