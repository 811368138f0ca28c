import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';

const configuration = `virtual_server 10.9.0.7 80 {
    lb_algo mh
    lb_kind DR
    protocol TCP
    real_server 10.9.0.8 80 {
        TCP_CHECK {
        }
    }
}
`;

/** Each part is the kernel as it is, with one module more, or a modprobe that does not find the scheduler. */
const story = `
cd $SCRATCH
mkdir bin
modprobe_is() { printf '#!/bin/sh\\n%s\\n' "$1" > bin/modprobe; chmod 755 bin/modprobe; }
PATH="$PWD/bin:$PATH"
part() { found=$($DOCTOR -f k.conf --listen 0 | grep -o -e 'ip-vs-[a-z-]*' -e 'scheduler-[a-z]*'); echo "$1: \${found:-nothing}"; }
modprobe_is 'exec /sbin/modprobe -d /run/kernel "$@"'
part 'not loaded'
modprobe ip_vs
part 'loaded, and the scheduler can be'
modprobe_is 'exit 1'
part 'no such scheduler'
/sbin/modprobe -d /run/kernel ip_vs_mh
part 'the scheduler is loaded'
`;

describeWith({ root: true, tools: ['linux.uml', 'modprobe'] }, 'holdfast doctor on kernels with LVS', () => {
  test('tells a module that can be loaded from one that is not there', async () => {
    const { stdout, stderr, console } = await runInUml({
      command: ['/bin/sh', '-c', story],
      files: { 'k.conf': configuration },
      environment: { DOCTOR: `${process.execPath} ${join(rootFolder, 'dist/holdfast.mjs')} doctor` },
      timeoutMilliseconds: 90_000,
    });
    expect(stdout.trim().split('\n'), `${stderr}\n${console}`).toEqual([
      'not loaded: ip-vs-not-loaded',
      'loaded, and the scheduler can be: nothing',
      'no such scheduler: scheduler-missing',
      'the scheduler is loaded: nothing',
    ]);
  });
});
