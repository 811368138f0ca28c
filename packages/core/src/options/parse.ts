import { facilityCode } from './facility.ts';
import { type Switch, type SwitchName, switches } from './table.ts';
import { parseUmask } from './umask.ts';
import { readWords } from './words.ts';

/** What the command line asks for. */
export interface Options {
  readonly configurationFile: string | undefined;
  readonly foreground: boolean;
  readonly withVrrp: boolean;
  readonly withChecks: boolean;
  readonly startAll: boolean;
  readonly logToConsole: boolean;
  /** 0, 1 or 2: how often -D was given. */
  readonly logDetail: number;
  /** Syslog facility code. */
  readonly facility: number;
  readonly logToSyslog: boolean;
  /** Undefined: `umask` of global_defs, else 0177. */
  readonly umask: number | undefined;
  readonly releaseVips: boolean;
  readonly dontReleaseVrrp: boolean;
  readonly dontReleaseIpvs: boolean;
  readonly respawn: boolean;
  readonly dumpConfiguration: boolean;
  readonly pidFiles: PidFileOptions;
  readonly allIncludesMustExist: boolean;
  readonly configId: string | undefined;
  readonly ignoreInterrupt: boolean;
  /** `--control-socket`: a path, or `none`; undefined: the customary place. */
  readonly controlSocket: string | undefined;
  /** `-t`: the file that messages go to, or `true` for stderr. */
  readonly test: string | true | undefined;
  /** `--start-test`: whether the daemon would run, and nothing else. */
  readonly startTest: boolean;
}

/** Paths given on the command line; undefined: the default. */
export interface PidFileOptions {
  readonly parent: string | undefined;
  readonly vrrp: string | undefined;
  readonly checkers: string | undefined;
  readonly bfd: string | undefined;
}

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'signal-number'; readonly name: string }
  /** Exit status 1, after each complaint was printed. */
  | { readonly kind: 'refused'; readonly complaints: readonly string[] }
  | {
      readonly kind: 'run';
      readonly options: Options;
      /** Said on stderr; the daemon goes on. */
      readonly remarks: readonly string[];
      /** Switches that are accepted and do nothing yet, as they were given. */
      readonly notInEffect: readonly string[];
    };

/** Understands a command line as keepalived(8) does. @param words without the program's name */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const read = readWords(switches, words);
  const last = (name: SwitchName): string | undefined =>
    read.given.findLast(({ row }) => row.long === name)?.value;
  const count = (name: SwitchName): number => read.given.filter(({ row }) => row.long === name).length;
  const first = read.given.find(({ row }) => ['help', 'version', 'signum'].includes(row.long));
  if (first?.row.long === 'help') return { kind: 'help' };
  if (first?.row.long === 'version') return { kind: 'version' };
  if (first?.row.long === 'signum') return { kind: 'signal-number', name: first.value ?? '' };
  if (read.complaints.length > 0) return { kind: 'refused', complaints: read.complaints };
  return {
    kind: 'run',
    options: optionsOf(last, (name) => count(name)),
    remarks: remarksOn(last, read.extra),
    notInEffect: [...new Set(read.given.filter(({ row }) => !row.inEffect).map(({ row }) => spelling(row)))],
  };
}

function optionsOf(
  last: (name: SwitchName) => string | undefined,
  count: (name: SwitchName) => number,
): Options {
  const has = (name: SwitchName): boolean => count(name) > 0;
  const testing = has('config-test') || has('start-test');
  const mask = last('umask');
  return {
    configurationFile: last('use-file'),
    foreground: has('dont-fork') || testing,
    // -P alone leaves the checks out, -C alone VRRP; both together cancel nothing: each says what it leaves out.
    withVrrp: !has('check'),
    withChecks: !has('vrrp'),
    startAll: has('all'),
    logToConsole: has('log-console'),
    logDetail: Math.min(2, count('log-detail')),
    facility: facilityCode(last('log-facility') ?? 'daemon') ?? 3,
    logToSyslog: !has('no-syslog') && !testing,
    umask: mask === undefined ? undefined : parseUmask(mask),
    releaseVips: has('release-vips'),
    dontReleaseVrrp: has('dont-release-vrrp'),
    dontReleaseIpvs: has('dont-release-ipvs'),
    respawn: !has('dont-respawn') && !testing,
    dumpConfiguration: has('dump-conf'),
    pidFiles: {
      parent: last('pid'),
      vrrp: last('vrrp_pid'),
      checkers: last('checkers_pid'),
      bfd: last('bfd_pid'),
    },
    allIncludesMustExist: has('all-config'),
    configId: last('config-id'),
    ignoreInterrupt: has('ignore-sigint'),
    controlSocket: last('control-socket'),
    test: testing ? (last('config-test') ?? true) : undefined,
    startTest: has('start-test'),
  };
}

function remarksOn(
  last: (name: SwitchName) => string | undefined,
  extra: readonly string[],
): readonly string[] {
  const [mask, facility] = [last('umask'), last('log-facility')];
  const remarks: string[] = [];
  if (mask !== undefined && parseUmask(mask) === undefined) {
    remarks.push(`Invalid --umask option ${mask}: a number from 0 to 0777 is needed; it is ignored`);
  }
  if (facility !== undefined && facilityCode(facility) === undefined) {
    remarks.push(
      `Invalid log facility '${facility}': 0-7, local0-local7, user or daemon; daemon is used instead`,
    );
  }
  if (extra.length > 0) remarks.push(`Unexpected argument(s): ${extra.join(' ')}`);
  return remarks;
}

const spelling = (row: Switch): string => (row.short === undefined ? `--${row.long}` : `-${row.short}`);
