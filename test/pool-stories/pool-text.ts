import {
  type CheckerSection,
  checkedPort,
  type PoolFile,
  type PoolSection,
  type ServerSection,
  type Slot,
  serverAddress,
  serverPort,
} from './pool-file.ts';

/** The file as keepalived.conf(5) wants it written. */
export const poolText = (slot: Slot, { pools }: PoolFile): string =>
  pools.flatMap((pool) => [...groupLines(slot, pool), ...poolLines(slot, pool), '']).join('\n');

function groupLines(slot: Slot, { form, number, entries }: PoolSection): readonly string[] {
  if (form !== 'group') return [];
  const lines = entries.map((entry) =>
    entry.kind === 'mark' ? `  fwmark ${slot * 100 + entry.number}` : `  10.9.${slot}.${entry.number} 80`,
  );
  return [`virtual_server_group G${slot}-${number} {`, ...lines, '}'];
}

function poolLines(slot: Slot, pool: PoolSection): readonly string[] {
  const { form, number, entries, scheduler, sorry } = pool;
  const [first = { kind: 'address', number: 0 }] = entries;
  const names = {
    group: `group G${slot}-${number}`,
    fwmark: `fwmark ${slot * 100 + first.number}`,
    address: `10.9.${slot}.${first.number} 80`,
  };
  const markOnly = entries.every(({ kind }) => kind === 'mark');
  return [
    `virtual_server ${names[form]} {`,
    ...(markOnly ? [] : [`  protocol ${pool.protocol}`]),
    `  lb_algo ${scheduler}`,
    ...(pool.withPort ? [`  ${scheduler}-port`] : []),
    `  lb_kind ${pool.forwarding}`,
    ...(pool.persistence === 0 ? [] : [`  persistence_timeout ${pool.persistence}`]),
    `  delay_loop ${pool.delayLoop}`,
    `  quorum ${pool.quorum}`,
    `  hysteresis ${pool.hysteresis}`,
    ...(pool.alpha ? ['  alpha'] : []),
    ...(sorry === undefined ? [] : [`  sorry_server ${serverAddress(slot, number, sorry)} ${serverPort}`]),
    ...(sorry !== undefined && pool.sorryInhibit ? ['  sorry_server_inhibit'] : []),
    ...pool.servers.flatMap((server) => serverLines(slot, number, server)),
    '}',
  ];
}

function serverLines(slot: Slot, pool: number, server: ServerSection): readonly string[] {
  const address = serverAddress(slot, pool, server.number);
  return [
    `  real_server ${address} ${serverPort} {`,
    `    weight ${server.weight}`,
    ...(server.inhibit ? ['    inhibit_on_failure'] : []),
    ...(server.upperThreshold === 0 ? [] : [`    uthreshold ${server.upperThreshold}`]),
    ...(server.lowerThreshold === 0 ? [] : [`    lthreshold ${server.lowerThreshold}`]),
    ...server.checkers.flatMap((checker) => checkerLines(`${address}:${checkedPort(checker)}`, checker)),
    '  }',
  ];
}

function checkerLines(endpoint: string, checker: CheckerSection): readonly string[] {
  const { kind, urls } = checker;
  const isMisc = kind === 'MISC_CHECK';
  return [
    `    ${kind} {`,
    ...(isMisc
      ? [`      misc_path "/bin/backend ${endpoint}"`, '      misc_dynamic']
      : [`      connect_port ${checkedPort(checker)}`, '      connect_timeout 30']),
    ...(kind === 'HTTP_GET'
      ? range(urls).map((n) => `      url {\n        path /${n}\n        status_code 200\n      }`)
      : []),
    `      retry ${checker.retry}`,
    `      delay_before_retry ${checker.delayBeforeRetry}`,
    `      delay_loop ${checker.delayLoop}`,
    `      warmup ${checker.warmup}`,
    '    }',
  ];
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);
