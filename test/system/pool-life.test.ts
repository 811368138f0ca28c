import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';
import { bundleText } from './support/bundle.ts';

describeWith({ root: true, tools: ['linux.uml', 'modprobe'] }, 'a pool in a real kernel', () => {
  test('follows its backends, is repaired, outlives its worker and is taken away at the end', async () => {
    const { status, stdout, stderr, console } = await runInUml({
      command: ['/bin/sh', '-c', `exec ${process.execPath} $SCRATCH/life.mjs $SCRATCH`],
      modules: ['ip_vs', 'ip_vs_rr'],
      files: {
        'life.mjs': await bundleText('test/system/programs/pool-life.ts'),
        'worker.mjs': await bundleText('packages/healthcheck/src/worker.ts'),
        'holdfast.node': await readFile(
          join(rootFolder, `packages/native/prebuilds/linux-${process.arch}/holdfast.node`),
        ),
      },
      timeoutMilliseconds: 120_000,
    });
    expect(status, `the guest ends well:\n${stderr}\n${console}`).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      start: '127.0.1.1:8080=1 127.0.1.2:8080=1 127.0.1.3:8080=1',
      'one dies': '127.0.1.2:8080=1 127.0.1.3:8080=1',
      'flushed by somebody': '127.0.1.2:8080=1 127.0.1.3:8080=1',
      'worker killed': '127.0.1.2:8080=1 127.0.1.3:8080=1',
      'successor, later': '127.0.1.2:8080=1 127.0.1.3:8080=1',
      'it returns': '127.0.1.1:8080=1 127.0.1.2:8080=1 127.0.1.3:8080=1',
      'reload with one less': '127.0.1.1:8080=1 127.0.1.2:8080=1',
      'all die': '127.0.1.9:8080=1',
      stopped: 'ESRCH',
    });
  }, 130_000);
});
