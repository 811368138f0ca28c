import { join } from 'node:path';
import { rootFolder } from './root-folder.ts';

/** The command that runs one of the laboratory's helpers in a process of its own; see helper/main.ts. */
export const helperProgram = (
  role: 'echo' | 'hold' | 'probe' | 'sniff' | 'table' | 'web',
  ...args: readonly string[]
): readonly string[] => [process.execPath, join(rootFolder, 'dist', 'lab-helper.mjs'), role, ...args];
