import type { Pool, Server, Service, Table } from '@holdfast/ipvs-netlink';
import type { ServerText, ServiceText, TableText } from './expected-table.ts';

/** A table as the kernel gives it, in the words of the model. */
export const readTable = (table: Table): TableText =>
  new Map([...table].map(([name, pool]) => [name, serviceText(pool)]));

const serviceText = ({ service, servers }: Pool): ServiceText => ({
  settings: settingsText(service),
  servers: new Map([...servers].map(([key, server]) => [key, serverText(server)])),
});

function settingsText({ scheduler, schedulerFlags, persistence }: Service): string {
  const { flag1, flag2, flag3 } = schedulerFlags;
  const flags = [flag1, flag2, flag3].flatMap((flag, i) => (flag ? [` flag-${i + 1}`] : [])).join('');
  return `${scheduler}${flags}${persistence === undefined ? '' : ` persistent ${persistence.timeout}`}`;
}

const serverText = ({ weight, forwarding, upperThreshold, lowerThreshold }: Server): ServerText => ({
  weight,
  settings: `${forwarding.method} ${upperThreshold}/${lowerThreshold}`,
});
