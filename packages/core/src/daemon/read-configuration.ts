import { accessSync, constants } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import {
  type Config,
  type Diagnostic,
  diagnosticLine,
  exitCodeOf,
  formatDiagnostic,
  type Interfaces,
  nodeFiles,
  nodeShellCheck,
  type ParseResult,
  parseConfig,
  rememberingParser,
  startVerdict,
} from '@holdfast/config';
import { workingDirectory } from '@holdfast/kit';
import type { Addon } from '@holdfast/native';
import { openRouteNetlink, type RouteNetlink } from '@holdfast/netlink';
import type { LogLevel } from '../log/record.ts';
import type { Options } from '../options/parse.ts';
import { reloadRefusals } from '../plan/reload-refusals.ts';
import { fingerprinting } from '../restart/fingerprint.ts';
import { machineAccounts } from '../scripts/accounts.ts';
import { rememberedAccounts } from '../scripts/remembered-accounts.ts';
import { machineScriptFiles } from '../scripts/script-files.ts';
import { vetConfig } from '../scripts/vet-config.ts';
import type { ReadConfiguration, Reading } from './configuration.ts';
import { exitStatus } from './exit-status.ts';
import { withIdleScripts } from './idle-scripts.ts';
import { withoutLeftOut } from './left-out.ts';
import { testStatus } from './test-status.ts';

/** Milliseconds after a reading in which what it has led to is probably done. */
const quietAfter = 3000;
/** keepalived(8) -f */
export const customaryPath = '/etc/keepalived/keepalived.conf';

/**
 * Reads the configuration that the command line names, against the interfaces that the machine has now.
 * @param addon without it nothing is checked against the interfaces (`-t` on a machine without the addon)
 */
export function configurationReader(
  options: Pick<
    Options,
    'configurationFile' | 'configId' | 'allIncludesMustExist' | 'withVrrp' | 'withChecks' | 'test'
  >,
  environment: NodeJS.ProcessEnv,
  addon: Addon | undefined,
): ReadConfiguration {
  const path = options.configurationFile ?? customaryPath;
  // Taken once: in the background it is `/`, and nothing later may move it.
  const directory = workingDirectory();
  // A test reads once: nothing of it has to be known again.
  const isTest = options.test !== undefined;
  const parser = isTest ? { parse: parseConfig, remember: () => undefined } : rememberingParser();
  return async () => {
    const interfaces = addon === undefined ? undefined : await machineInterfaces();
    const configId = options.configId ?? (hostname().split('.')[0] || 'localhost');
    const { files, fingerprint } = isTest
      ? { files: nodeFiles, fingerprint: () => '' }
      : fingerprinting(nodeFiles);
    const result = parser.parse({
      path,
      directory,
      configId,
      files,
      interfaces,
      environment,
      seed: Math.trunc(Date.now()),
      checkIncludes: options.allIncludesMustExist,
      shellCheck: nodeShellCheck,
    });
    // The workers wait for the result; what is noted for the next reading can wait for them.
    setTimeout(() => parser.remember(), quietAfter).unref();
    const reading = readingOf(path, withoutLeftOut(result, options), fingerprint(result.files, configId));
    return mayRead(resolve(directory, path))
      ? reading
      : { ...reading, testStatus: exitStatus.missingPermission };
  };
}

/** False only where the file is there and not for us. */
function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EACCES');
  }
}

function readingOf(path: string, result: ParseResult, fingerprint: string): Reading {
  // What is wrong with the file as a whole is the reason of the refusal, and is not said twice.
  const diagnostics = result.files.length === 0 ? [] : result.diagnostics;
  const accounts = rememberedAccounts(machineAccounts);
  const scriptFiles = machineScriptFiles();
  const vetted = vetConfig(result.config, accounts, scriptFiles);
  const refusal = refusalOf(path, result);
  return {
    config: vetted.config,
    fingerprint,
    remarks: diagnostics.map((diagnostic) => ({
      level: levels[diagnostic.severity],
      line: diagnosticLine(diagnostic),
      report: formatDiagnostic(diagnostic),
    })),
    notInEffect: result.notInEffect.map(({ keyword, block }) =>
      block === '' ? keyword : `${block} ${keyword}`,
    ),
    scripts: vetted,
    testStatus: testStatus(
      exitCodeOf(result.diagnostics),
      withIdleScripts(vetted, result, accounts, scriptFiles),
    ),
    refusal,
    againstReload: (previous: Config) => {
      const reasons = reloadRefusals(previous, result, vetted);
      return reasons.length === 0 && refusal !== undefined ? [refusal.line] : reasons;
    },
  };
}

const levels: Readonly<Record<Diagnostic['severity'], LogLevel>> = {
  error: 'error',
  warning: 'warning',
  note: 'info',
};

function refusalOf(path: string, result: ParseResult): Reading['refusal'] {
  if (result.files.length === 0) {
    return { status: exitStatus.noConfiguration, line: whyNothingWasRead(path, result), isRemark: false };
  }
  const verdict = startVerdict(result.diagnostics);
  if (verdict.ok) return undefined;
  return { status: verdict.exitCode, line: verdict.reasons.map(diagnosticLine).join('; '), isRemark: true };
}

/** In keepalived's words. */
function whyNothingWasRead(path: string, { diagnostics }: ParseResult): string {
  const why = diagnostics.find(({ code }) => code === 'file-unreadable');
  if (why === undefined) return `Config files missing '${path}'. Make the file, or name another one with -f`;
  return `Unable to read configuration file ${path}: ${why.message}; ${why.remedy ?? 'name another one with -f'}`;
}

/** Names and networks of the interfaces; undefined when the kernel does not tell. */
async function machineInterfaces(): Promise<Interfaces | undefined> {
  let netlink: RouteNetlink;
  try {
    netlink = openRouteNetlink();
  } catch {
    return undefined;
  }
  const [links, addresses] = await Promise.all([netlink.links(), netlink.addresses()]);
  netlink.close();
  if (!links.ok || !addresses.ok) return undefined;
  return new Map(
    links.value.map(({ name, index }) => [
      name,
      addresses.value
        .filter((held) => held.index === index)
        .map(({ address, prefixLength }) => ({ address, prefixLength })),
    ]),
  );
}
