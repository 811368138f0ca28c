import { type Asked, type IpvsFailure, server, service } from '@holdfast/ipvs-netlink';
import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { refusals } from '../../src/system/refusals.ts';
import { web } from '../support/fake-world.ts';

const mail = { ...web, port: 25 };
const real = server({ address: address('10.9.1.1'), port: 80 });
const failure = (asked: Asked, code: string): IpvsFailure => ({
  asked,
  request: asked.kind,
  code,
  errno: 1,
  reason: `why ${code}`,
  remedy: 'what to do',
});
const added = (key: typeof web): Asked => ({ kind: 'add-service', service: service(key, 'rr') });
const filled = (key: typeof web): Asked => ({ kind: 'add-server', service: key, server: real });

test.each([
  ['nothing', [], []],
  [
    'a right that is missing, once for all',
    [failure(added(web), 'EPERM'), failure(filled(web), 'EPERM'), failure(added(mail), 'EPERM')],
    ['the table cannot be changed: why EPERM (EPERM); what to do'],
  ],
  [
    'a service that could not be made, and not its servers',
    [failure(added(web), 'ENOENT'), failure(filled(web), 'ESRCH')],
    ['cannot add-service: why ENOENT (ENOENT); what to do'],
  ],
  [
    'a server of another service all the same',
    [failure(added(web), 'ENOENT'), failure(filled(mail), 'EINVAL')],
    [
      'cannot add-service: why ENOENT (ENOENT); what to do',
      'cannot add-server: why EINVAL (EINVAL); what to do',
    ],
  ],
])('%s', (_, failures, said) => {
  expect(refusals(failures)).toEqual(said);
});
