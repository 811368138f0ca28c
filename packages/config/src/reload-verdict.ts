import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { ParseResult } from './parse-config.ts';
import type { Config } from './types.ts';
import { isOfVirtualServer, virtualServerIsLost } from './virtual-server-loss.ts';

export type ReloadVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reasons: readonly [Diagnostic, ...Diagnostic[]] };

/**
 * Whether a running daemon may take over a new file. Refused is what would end it, what would lose or change a running
 * object because of an error, and what leaves nothing configured; everything else that starts also reloads. With
 * `reload_check_config` in the running or the new file any error or warning refuses that keepalived reports too.
 */
export function reloadVerdict(previous: Config, result: ParseResult): ReloadVerdict {
  const strict = previous.global.reloadCheckConfig || result.config.global.reloadCheckConfig;
  const reasons = result.diagnostics.filter(
    (diagnostic) =>
      diagnostic.reload === 'refuse' ||
      (diagnostic.reload === 'refuse-if-lost' && isLost(diagnostic, previous, result.config)) ||
      (strict && diagnostic.keepalived !== 'none'),
  );
  const all = isEmptied(previous, result.config) ? [...reasons, emptied(result)] : reasons;
  const [first, ...others] = all;
  return first === undefined ? { ok: true } : { ok: false, reasons: [first, ...others] };
}

const objectsOf = (config: Config): number => config.vrrpInstances.length + config.virtualServers.length;

const isEmptied = (previous: Config, next: Config): boolean =>
  objectsOf(previous) > 0 && objectsOf(next) === 0;

function emptied(result: ParseResult): Diagnostic {
  return {
    code: 'nothing-configured',
    severity: 'error',
    file: result.files[0] ?? 'the configuration',
    line: 0,
    column: 1,
    length: 1,
    source: '',
    message: 'the new configuration has no usable vrrp_instance and no virtual_server',
    used: undefined,
    remedy: 'to end the service on this machine stop the daemon',
    keepalived: 'none',
    fatal: false,
    reload: 'refuse',
    subject: undefined,
  };
}

/** Whether the running object that the mistake is about would be gone, or would get another value by it. */
function isLost({ subject }: Diagnostic, previous: Config, next: Config): boolean {
  if (subject === undefined) return false;
  if (isOfVirtualServer(subject)) return virtualServerIsLost(subject, previous, next);
  // What an unknown block would have defined is known by its name alone.
  const before = running(previous, subject.name, subject.kind);
  if (before === undefined) return false;
  const after = running(next, subject.name, subject.kind);
  if (after === undefined) return true;
  if (subject.property === undefined) return false;
  return JSON.stringify(before[subject.property]) !== JSON.stringify(after[subject.property]);
}

type Properties = Readonly<Record<string, unknown>>;

function running(config: Config, name: string, kind: string): Properties | undefined {
  const named = { vrrp_instance: config.vrrpInstances, vrrp_script: config.vrrpScripts };
  if (kind === 'global_defs') return { ...config.global };
  const lists = kind === 'vrrp_instance' || kind === 'vrrp_script' ? [named[kind]] : Object.values(named);
  for (const list of lists) {
    const found = list.find((object) => object.name === name);
    if (found !== undefined) return { ...found };
  }
  return undefined;
}
