import { writeFileSync } from 'node:fs';
import { openRouteNetlink } from '@holdfast/netlink';
import { commandOf, undoOf } from './commands.ts';
import type { RealServerFacts, Step } from './facts.ts';

/** What has become of the steps. */
export interface Applied {
  /** Commands that would have done the same. */
  readonly done: readonly string[];
  /** Commands that take it back, the last one first. */
  readonly undo: readonly string[];
  /** Why it came to an end; undefined: all is done. */
  readonly failure: string | undefined;
}

/** Carries steps out in their order, up to the first that the kernel refuses. */
export async function apply(
  steps: readonly Step[],
  { links, sysctls }: Pick<RealServerFacts, 'links' | 'sysctls'>,
): Promise<Applied> {
  const done: string[] = [];
  const undo: string[] = [];
  const route = openRouteNetlink();
  const carryOut = async (step: Step): Promise<string | undefined> => {
    if (step.kind === 'sysctl') return writeSysctl(step.name, step.value);
    const index = links.find(({ name }) => name === step.interface)?.index;
    if (index === undefined) return `there is no interface ${step.interface}`;
    const { address, prefixLength } = step;
    const request = [{ index, address, prefixLength }];
    const [result] = await (step.kind === 'add'
      ? route.addAddresses(request)
      : route.deleteAddresses(request));
    return result === undefined || result.ok ? undefined : result.error.code;
  };
  try {
    for (const step of steps) {
      const refusal = await carryOut(step);
      if (refusal !== undefined) return { done, undo, failure: `${commandOf(step)}: ${refusal}` };
      done.push(commandOf(step));
      undo.unshift(undoOf(step, step.kind === 'sysctl' ? sysctls.get(step.name) : undefined));
    }
    return { done, undo, failure: undefined };
  } finally {
    route.close();
  }
}

/** Names here have no interface with a dot in them: only `all` is ever set. @returns why not */
function writeSysctl(name: string, value: number): string | undefined {
  try {
    writeFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, `${value}\n`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
