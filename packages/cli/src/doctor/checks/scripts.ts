import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { shellWord } from '../shell-word.ts';

/** Scripts that the daemon would leave out, or that somebody could replace to become root. */
export function scripts({ configuration: { path, scripts: found } }: Facts): readonly Finding[] {
  return [
    ...found.disabled.map(
      ({ what, why }): Finding => ({
        code: 'script-not-run',
        severity: 'error',
        message: `${what} is left out: ${reason(why)}`,
        command: commandIn(why) ?? `holdfast check ${shellWord(path)}`,
      }),
    ),
    ...found.tolerated.map(
      ({ what, why }): Finding => ({
        code: 'script-insecure',
        severity: 'warning',
        message: `${what}: ${reason(why)}; whoever changes it becomes root`,
        command: commandIn(why) ?? `holdfast check ${shellWord(path)}`,
        remedy: 'with enable_script_security it would not be run',
      }),
    ),
  ];
}

const reason = (why: string): string => why.split(';')[0] ?? why;

/** The daemon's own words end with the command, for some with `it` in the place of the file. */
function commandIn(why: string): string | undefined {
  const file = /(\/\S*)/.exec(why)?.[1];
  const missing = /^there is no (file|user|group) ([^\s;]+)/.exec(why);
  if (missing !== null) {
    const [, kind, name = ''] = missing;
    if (kind === 'user') return `useradd --system --no-create-home --shell /usr/sbin/nologin ${name}`;
    return kind === 'group' ? `groupadd --system ${name}` : `ls -l ${name}`;
  }
  const shut = /^user (\S+) may not enter (\S+),/.exec(why)?.[2];
  if (shut !== undefined) return `chmod o+x ${shut}`;
  const command = /; (ch(?:mod|own) .*)$/.exec(why)?.[1];
  return file === undefined ? command : command?.replace(/\bit$/, file);
}
