import { fail, ok, type Result } from '@holdfast/kit';
import { type Obstacle, obstacle, type Sourced, sourced } from './obstacle.ts';
import type { Wishes } from './wishes.ts';

/** keepalived.conf(5) priority */
const customary = 100;
/** Room for twenty routers, and between them for weights of scripts. */
const [first, step, count] = [200, 10, 20];

/** As HOLDFAST_PRIORITY says, else by HOLDFAST_ORDINAL or the number at the end of the host name, else 100 for all. */
export function choosePriority(
  { priority, ordinal }: Pick<Wishes, 'priority' | 'ordinal'>,
  hostName: string,
): Result<Sourced<number>, Obstacle> {
  if (typeof priority === 'number') return ok(sourced(priority, 'HOLDFAST_PRIORITY'));
  if (priority !== undefined) {
    const own = priority.get(hostName) ?? priority.get(hostName.split('.')[0] ?? '');
    return own === undefined
      ? fail(
          obstacle(
            `HOLDFAST_PRIORITY has no number for ${hostName}, only for ${[...priority.keys()].join(' and ')}`,
            'add it, or set the host name of the container',
          ),
        )
      : ok(sourced(own, `HOLDFAST_PRIORITY for ${hostName}`));
  }
  if (ordinal !== undefined) return ok(sourced(first - step * ordinal, `HOLDFAST_ORDINAL ${ordinal}`));
  const named = ordinalOf(hostName);
  if (named !== undefined)
    return ok(sourced(first - step * named, `the number at the end of the host name ${hostName}`));
  return ok(sourced(customary, 'the default; of equals the higher address serves'));
}

/** `holdfast-1`, `web2.example.org`; the number that Docker makes host names of (12 hexadecimal digits) means nothing. */
export function ordinalOf(hostName: string): number | undefined {
  const label = hostName.split('.')[0] ?? '';
  if (/^[0-9a-f]{12}$/.test(label)) return undefined;
  const digits = /[^\d](\d{1,3})$/.exec(label)?.[1];
  return digits === undefined || Number(digits) >= count ? undefined : Number(digits);
}
