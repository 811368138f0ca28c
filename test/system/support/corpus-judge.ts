import {
  type Diagnostic,
  exitCodeOf,
  type InterfaceAddress,
  memoryFiles,
  type ParseResult,
  parseConfig,
  startVerdict,
} from '@holdfast/config';
import { withIdleScripts } from '../../../packages/core/src/daemon/idle-scripts.ts';
import { testStatus } from '../../../packages/core/src/daemon/test-status.ts';
import { machineAccounts } from '../../../packages/core/src/scripts/accounts.ts';
import { rememberedAccounts } from '../../../packages/core/src/scripts/remembered-accounts.ts';
import { machineScriptFiles } from '../../../packages/core/src/scripts/script-files.ts';
import { vetConfig } from '../../../packages/core/src/scripts/vet-config.ts';
import type { CorpusFile } from './corpus.ts';

const path = '/etc/keepalived/keepalived.conf';

export interface OurVerdict {
  readonly exit: number;
  readonly starts: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly milliseconds: number;
}

/** Our verdict on a file of the corpus, on a machine such as keepalived had for it. */
export function judge(file: CorpusFile): OurVerdict {
  const start = performance.now();
  const result: ParseResult = parseConfig({
    path,
    configId: 'host',
    files: memoryFiles({ [path]: file.bytes }),
    interfaces: file.withInterfaces ? new NamedInterfaces(namesMissing(file)) : new Map([['lo', []]]),
  });
  const milliseconds = performance.now() - start;
  const vetted = vetConfig(result.config, accounts, scriptFiles);
  const exit = testStatus(
    exitCodeOf(result.diagnostics),
    withIdleScripts(vetted, result, accounts, scriptFiles),
  );
  return { exit, starts: startVerdict(result.diagnostics).ok, diagnostics: result.diagnostics, milliseconds };
}

const scriptFiles = machineScriptFiles();

const accounts = rememberedAccounts(machineAccounts);

/** A machine that has every interface, but those. */
class NamedInterfaces extends Map<string, readonly InterfaceAddress[]> {
  readonly #missing: ReadonlySet<string>;

  constructor(missing: ReadonlySet<string>) {
    super([['lo', []]]);
    this.#missing = missing;
  }

  override has(name: string): boolean {
    return /^[^<>{}$/]{1,15}$/.test(name) && !this.#missing.has(name);
  }

  override get(name: string): readonly InterfaceAddress[] | undefined {
    return this.has(name) ? [] : undefined;
  }
}

const complaint =
  /(?:interface (\S+) for .* doesn't exist|tracked interface (\S+) doesn't exist|interface (\S+) specified for|VRF interface (\S+) doesn't)/;

/** Names for which nobody made an interface where the verdicts were taken. */
function namesMissing({ verdicts }: CorpusFile): ReadonlySet<string> {
  const perVersion = verdicts.map(
    ({ diagnostics }) =>
      new Set(
        diagnostics.map(
          (line) =>
            complaint
              .exec(line)
              ?.slice(1)
              .find((name) => name !== undefined) ?? '',
        ),
      ),
  );
  const [first = new Set<string>(), ...others] = perVersion;
  return new Set([...first].filter((name) => name !== '' && others.every((names) => names.has(name))));
}
