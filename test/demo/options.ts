import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Keep the pair up afterwards, to play with. */
  readonly hold: boolean;
  /** Which parts are played. */
  readonly parts: readonly Part[];
  /** The program that is run as the daemon; ours when undefined. */
  readonly daemon: string | undefined;
  /** Where the frames of the screen are written, for a recording. */
  readonly record: string | undefined;
}

export const parts = ['vip', 'pool'] as const;
export type Part = (typeof parts)[number];

export const usage = [
  'usage: npm run demo -- [--hold] [--part NAME]... [--daemon PROGRAM] [--record FILE]',
  '  --hold            play the part vip only, keep its pair up at the end and show how to look around in it',
  `  --part NAME       play only this part: ${parts.join(', ')}`,
  "  --daemon PROGRAM  run another daemon that takes keepalived's options",
  '  --record FILE     write the frames of the screen as JSON lines',
].join('\n');

/** @returns the options, or a sentence that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        hold: { type: 'boolean', default: false },
        part: { type: 'string', multiple: true, default: [] },
        daemon: { type: 'string' },
        record: { type: 'string' },
      },
    });
    const unknown = values.part.find((part) => !parts.some((known) => known === part));
    if (unknown !== undefined) return `there is no part '${unknown}'; there is: ${parts.join(', ')}`;
    if (values.hold && values.part.includes('pool'))
      return '--hold keeps the pair of the part vip up; the pool ends with its story';
    const asked = values.hold ? ['vip'] : values.part;
    return {
      hold: values.hold,
      parts: parts.filter((part) => asked.length === 0 || asked.includes(part)),
      daemon: values.daemon,
      record: values.record,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
