import { fakeKernel, type Ipvs, ipvsClient, service } from '@holdfast/ipvs-netlink';
import { ok, type Result } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { openEmptied } from '../../src/system/open-ipvs.ts';
import { web } from '../support/fake-world.ts';

test('the table is emptied when IPVS is reached for the first time, where that is possible, and then never again', async () => {
  const kernel = fakeKernel();
  const other = ipvsClient(kernel.connect());
  const fill = () => other.perform([{ kind: 'add-service', service: service(web, 'rr') }]);
  const pending = { flush: true };
  const open = openEmptied(
    async (): Promise<Result<Ipvs, never>> => ok(ipvsClient(kernel.connect())),
    pending,
  );
  await fill();
  kernel.setPrivileged(false);
  expect(await open()).toMatchObject({ ok: false, error: { code: 'EPERM' } });
  kernel.setPrivileged(true);
  expect((await open()).ok).toBe(true);
  expect(kernel.table.size).toBe(0);
  await fill();
  await open();
  expect(kernel.table.size).toBe(1);
});
