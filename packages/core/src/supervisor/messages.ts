import { type Micros, toSeconds } from '@holdfast/kit';
import type { LogRecord } from '../log/record.ts';
import type { WorkerEnd } from './worker-process.ts';

/** What the supervisor of a worker says, in keepalived's words where scripts look for them. */
export const workerMessages = (child: 'VRRP' | 'Healthcheck') => ({
  starting: (pid: number): LogRecord => ({
    id: 'worker-starting',
    level: 'info',
    text: `Starting ${child} child process, pid=${pid}`,
    fields: { workerPid: pid },
  }),
  died: (pid: number, end: WorkerEnd): LogRecord => ({
    id: 'worker-died',
    level: 'alert',
    text: `${child} child process(${pid}) died: ${endText(end)}; Respawning`,
    fields: { workerPid: pid },
  }),
  delayed: (delay: Micros): LogRecord => ({
    id: 'respawn-delayed',
    level: 'info',
    text: `Restart of ${child} process delayed ${toSeconds(delay)} seconds to limit respawn rate`,
  }),
  stuck: (pid: number): LogRecord => ({
    id: 'worker-stuck',
    level: 'alert',
    text: `${child} child process(${pid}) does not answer: it is killed and replaced`,
    fields: { workerPid: pid },
  }),
  fatal: (pid: number, status: number): LogRecord => ({
    id: 'worker-fatal',
    level: 'error',
    text: `pid ${pid} exited with permanent error ${statusName(status)}. Terminating`,
    fields: { workerPid: pid, status },
  }),
  endsDaemon: (pid: number, end: WorkerEnd): LogRecord => ({
    id: 'worker-ended-no-respawn',
    level: 'alert',
    text: `${child} child process(${pid}) died: ${endText(end)}; Exiting, as it is not to be respawned (-R)`,
  }),
  nonsense: (description: string): LogRecord => ({
    id: 'worker-nonsense',
    level: 'warning',
    text: `A message of the ${child} process was not understood and is ignored: ${description}`,
  }),
  unread: (count: number): LogRecord => ({
    id: 'worker-unread',
    level: 'warning',
    text: `${count} messages to the ${child} process were dropped: it did not read them`,
  }),
  killed: (pid: number): LogRecord => ({
    id: 'worker-stop-killed',
    level: 'warning',
    text: `${child} child process(${pid}) did not stop in time: it is killed`,
  }),
});

/** The supervisor of the vrrp worker says more. */
export const supervisorMessages = {
  ...workerMessages('VRRP'),
  withdrawn: (names: readonly string[]): LogRecord => ({
    id: 'addresses-withdrawn',
    level: 'warning',
    text: `No VRRP process speaks for ${names.join(', ')} any more: the VIPs are removed before another router takes over`,
  }),
} as const;

function endText({ status, signal }: WorkerEnd): string {
  if (status !== undefined) return `exited with status ${status}`;
  return signal === undefined ? 'ended' : `ended by ${signal}`;
}

const statusName = (status: number): string =>
  ({ 1: 'FATAL', 2: 'CONFIG', 4: 'MISSING PERMISSION' })[status] ?? String(status);
