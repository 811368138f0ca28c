import type { Instance } from '@holdfast/core/api';
import { fail, ok, type Result } from '@holdfast/kit';
import { client } from '../control/client.ts';

/** For HEALTHCHECK: the daemon answers, and every instance takes part in the election. */
export async function health(socketPath: string): Promise<Result<string, string>> {
  const { status } = await import('@holdfast/core/api');
  const answer = await client(socketPath).get('/v1/status', status);
  if (!answer.ok) return fail(`${answer.error.message}; ${answer.error.remedy}`);
  return healthOf(answer.value.instances);
}

/** Status of the container by the states of its instances. */
export function healthOf(
  instances: readonly Pick<Instance, 'name' | 'state' | 'faults'>[],
): Result<string, string> {
  const ill = instances.filter(({ state }) => state !== 'MASTER' && state !== 'BACKUP');
  const said = (ill.length > 0 ? ill : instances).map(({ name, state, faults }) =>
    faults.length > 0 ? `${name} is ${state} (${faults.join(', ')})` : `${name} is ${state}`,
  );
  return ill.length > 0 ? fail(said.join('; ')) : ok(said.join('; ') || 'the daemon answers');
}
