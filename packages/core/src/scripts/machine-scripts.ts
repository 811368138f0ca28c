import { execa } from 'execa';
import { cleanEnvironment } from './invocation.ts';
import type { ScriptPorts } from './run-script.ts';

/** Starts real processes: detached, descriptors 0 to 2 on /dev/null and no others, a clean environment, cwd `/`. */
export function machineScripts(environment: Readonly<NodeJS.ProcessEnv>): ScriptPorts {
  const env = cleanEnvironment(environment);
  return {
    start({ file, args }) {
      const subprocess = execa(file, args, {
        detached: true,
        stdio: 'ignore',
        env,
        extendEnv: false,
        cwd: '/',
        cleanup: false,
        buffer: false,
        reject: false,
      });
      const ended = subprocess.then(({ exitCode, signal }) =>
        signal === undefined
          ? { kind: 'exited' as const, status: exitCode ?? 255 }
          : { kind: 'killed' as const, signal },
      );
      if (subprocess.pid !== undefined) return { pid: subprocess.pid, ended };
      return { failure: `${file} could not be started; is it installed, and is there memory left?` };
    },
    signalGroup(group, signal) {
      try {
        process.kill(-group, signal);
        return true;
      } catch {
        // ESRCH: the group is empty.
        return false;
      }
    },
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
