import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { interfaces } from '../../packages/ipvs-netlink/test/compliance/bench.ts';
import { complianceCases } from '../../packages/ipvs-netlink/test/compliance/suite.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml, type UmlRun } from '../uml/uml.ts';

/**
 * The suite that the fake LVS table passes, against the real one: inside user-mode Linux, as the machine's own kernel
 * may have no ip_vs, and its table would be somebody's.
 */
describeWith({ root: true, tools: ['linux.uml', 'modprobe'] }, 'the LVS table of a real kernel', () => {
  let failures: ReadonlyMap<string, string | undefined> = new Map();

  beforeAll(async () => {
    failures = await runSuite();
  });

  test.each(complianceCases)('$name', ({ name }) => {
    expect(failures.has(name), 'the case was run').toBe(true);
    expect(failures.get(name)).toBeUndefined();
  });

  test('a kernel without ip_vs is a failure with a remedy', async () => {
    const { status, stderr } = await runInUml({ ...(await suite()), modules: ['dummy'] });
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'ENOENT',
      remedy: expect.stringContaining('modprobe ip_vs'),
    });
  });
});

/** How each case ended, by its name; undefined is good. */
async function runSuite(): Promise<ReadonlyMap<string, string | undefined>> {
  const { status, stdout, stderr, console } = await runInUml(await suite());
  expect(status, `the guest ends well:\n${stderr}\n${console}`).toBe(0);
  const results: readonly { readonly name: string; readonly failure?: string }[] = JSON.parse(stdout);
  return new Map(results.map(({ name, failure }) => [name, failure]));
}

const suite = async (): Promise<UmlRun> => ({
  command: ['/bin/sh', '-c', `(${links}); exec ${process.execPath} $SCRATCH/suite.mjs`],
  modules: ['ip_vs', 'ipv6', 'dummy', 'ip_vs_pe_sip', ...schedulerModules],
  files: { 'suite.mjs': await bundle(), 'holdfast.node': await addon() },
  timeoutMilliseconds: 90_000,
});

const links = [
  `ip link add ${interfaces.up} type dummy`,
  `ip link set ${interfaces.up} up`,
  `ip link add ${interfaces.down} type dummy`,
].join(' && ');

/** The guest's modprobe finds nothing by itself: what the cases use is loaded before. */
const schedulerModules = ['rr', 'wrr', 'wlc', 'lblcr', 'sh', 'mh', 'nq'].map((name) => `ip_vs_${name}`);

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(rootFolder, 'packages/ipvs-netlink/test/compliance/run-real.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

const addon = (): Promise<Buffer> =>
  readFile(join(rootFolder, `packages/native/prebuilds/linux-${process.arch}/holdfast.node`));
