import type { LogRecord } from '../log/record.ts';

/** What the control socket says in the log. */
export const controlMessages = {
  listening: (path: string, who: string): LogRecord => ({
    id: 'control-listening',
    level: 'info',
    text: `Control socket ${path}, for ${who}`,
    detail: true,
  }),
  unavailable: (path: string, why: string): LogRecord => ({
    id: 'control-unavailable',
    level: 'warning',
    text: `No control socket at ${path}: ${why}`,
  }),
  bug: (text: string): LogRecord => ({
    id: 'control-bug',
    level: 'error',
    text: `Internal error in the control socket; the client was told, the daemon goes on: ${text}`,
  }),
} as const;
