import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { addonFile, bundleProgram, type Program } from './support/bundle.ts';

/** What is marked with 7 has no way, not even to the loopback; eth0 leads nowhere. */
const machine = `
ip link set lo up
ip link add eth0 type veth peer name eth1 && ip link set eth0 up
ip rule add pref 50 fwmark 7 unreachable
ip rule add pref 100 lookup local && ip rule del pref 0
`;

const cases = [
  // options                                   how it ends
  [{}, { kind: 'success' }],
  [{ bindInterface: 'lo' }, { kind: 'success' }],
  [{ bindInterface: 'eth0' }, { kind: 'failure', reason: 'timeout: connecting took more than 0.5 s' }],
  [
    { bindInterface: 'eth77' },
    { kind: 'local-error', reason: 'bind_if eth77 failed: ENODEV (there is no such interface)' },
  ],
  [{ fwmark: 7 }, { kind: 'failure', reason: 'connect failed: ENETUNREACH (127.0.0.1:8080)' }],
  [{ fwmark: 4294967295 }, { kind: 'success' }],
  [{ bindInterface: 'lo', fwmark: 8, bindPort: 4711 }, { kind: 'success' }],
  [{ bindPort: 4711 }, { kind: 'success' }],
  [{ bindPort: 4711 }, { kind: 'success' }],
] as const;

describeWith({ root: true, tools: ['ip', 'unshare'] }, 'checks that come from somewhere', () => {
  let program: Program | undefined;
  beforeAll(async () => {
    program = await bundleProgram('test/system/programs/check-origin.ts', 'packages/healthcheck');
    copyFileSync(addonFile() ?? '', join(dirname(program.file), 'holdfast.node'));
  });
  afterAll(() => program?.remove());

  test('leave by their interface, with their mark, from their port, time and again', async () => {
    const told = await run([], cases);
    expect(told).toEqual({ ends: cases.map(([, end]) => end), ports: [4711, 4711, 4711] });
  });

  test('say which right is missing for a mark', async () => {
    const unprivileged = ['setpriv', '--bounding-set', '-all', '--inh-caps', '-all'];
    const told = await run(unprivileged, [[{ fwmark: 7 }]]);
    expect(told).toMatchObject({
      ends: [
        {
          kind: 'local-error',
          reason: 'fwmark 7 failed: EPERM (this needs CAP_NET_ADMIN and CAP_NET_RAW)',
        },
      ],
    });
  });

  async function run(launcher: readonly string[], asked: readonly (readonly [object, ...object[]])[]) {
    const options = JSON.stringify(asked.map(([origin]) => origin));
    const story = `set -e\n${machine}\nexec "$@"`;
    const command = [...launcher, process.execPath, program?.file ?? '', options];
    const { stdout } = await promisify(execFile)('unshare', ['--net', 'sh', '-c', story, 'sh', ...command]);
    return JSON.parse(stdout);
  }
});
