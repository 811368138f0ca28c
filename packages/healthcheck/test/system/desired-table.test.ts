import { pool, type ServiceKey, server, service, serviceId, type Table, table } from '@holdfast/ipvs-netlink';
import { address } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { type DesiredTable, desiredTable } from '../../src/system/desired-table.ts';

const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('10.0.0.1'), port: 80 };
const mail: ServiceKey = { ...web, port: 25 };
const real = (n: number, weight = 1) => server({ address: address(`10.0.1.${n}`), port: 80 }, { weight });
const of = (scheduler: string, ...servers: readonly number[]): Table =>
  table(
    pool(
      service(web, scheduler),
      servers.map((n) => real(n)),
    ),
  );
const shown = ({ table: whole }: DesiredTable, key = web): string | undefined => {
  const found = whole.get(serviceId(key));
  return (
    found &&
    [found.service.scheduler, ...[...found.servers.values()].map((one) => one.address.slice(7))].join(' ')
  );
};

describe('one service that several virtual servers want', () => {
  test('has the scheduler of the first and the servers of all, each once', () => {
    const desired = desiredTable();
    desired.want('a', of('rr', 1, 2));
    desired.want('b', of('wrr', 2, 3));
    expect(shown(desired)).toBe('rr 1 2 3');
    desired.want('a', of('rr', 1));
    expect(shown(desired)).toBe('rr 1 2 3');
    desired.want('b', of('wrr'));
    expect(shown(desired)).toBe('rr 1');
  });

  test('stays while one of them wants it, whichever goes', () => {
    const desired = desiredTable();
    desired.want('a', of('rr', 1));
    desired.want('b', of('wrr', 2));
    expect(desired.want('a', new Map())).toEqual([serviceId(web)]);
    expect([shown(desired), desired.servicesOf('a'), desired.servicesOf('b')]).toEqual([
      'wrr 2',
      [],
      [serviceId(web)],
    ]);
    desired.want('b', new Map());
    expect(desired.table.size).toBe(0);
  });

  test('a server keeps the weight that the first gives it', () => {
    const desired = desiredTable();
    desired.want('a', table(pool(service(web, 'rr'), [real(1, 5)])));
    desired.want('b', table(pool(service(web, 'rr'), [real(1, 7)])));
    expect(
      [...(desired.table.get(serviceId(web))?.servers.values() ?? [])].map(({ weight }) => weight),
    ).toEqual([5]);
  });
});

test('what one alone wants is the very pool that it gave, and what is told is what may be different', () => {
  const desired = desiredTable();
  const [first, second] = [of('rr', 1), table(pool(service(mail, 'rr'), [real(1)]))];
  desired.want('a', first);
  expect(desired.table.get(serviceId(web))).toBe(first.get(serviceId(web)));
  expect(desired.want('a', second)).toEqual([serviceId(web), serviceId(mail)]);
  expect([shown(desired), shown(desired, mail)]).toEqual([undefined, 'rr 1']);
  desired.clear();
  expect(desired.table.size).toBe(0);
});
