import {
  type Config,
  type Diagnostic,
  type Owner,
  type ParseResult,
  type Row,
  rootRows,
} from '@holdfast/config';
import type { Options } from '../options/parse.ts';

/**
 * A configuration without what the command line leaves out: with `-C` the blocks of VRRP and what is wrong in them,
 * with `-P` those of the checks (keepalived(8): no process is started that would read them). `-t` tests everything.
 */
export function withoutLeftOut(
  result: ParseResult,
  { withVrrp, withChecks, test }: Pick<Options, 'withVrrp' | 'withChecks' | 'test'>,
): ParseResult {
  if (test !== undefined || (withVrrp && withChecks)) return result;
  const isRead = (owner: Owner | undefined): boolean =>
    (owner !== 'vrrp' || withVrrp) && (owner !== 'checker' || withChecks);
  return {
    ...result,
    config: {
      ...result.config,
      ...(withVrrp ? {} : withoutVrrp),
      ...(withChecks ? {} : withoutChecks),
    },
    diagnostics: result.diagnostics.filter((diagnostic) => isRead(ownerOf(diagnostic))),
  };
}

const withoutVrrp: Partial<Config> = { vrrpScripts: [], vrrpInstances: [] };
const withoutChecks: Partial<Config> = { virtualServers: [] };
const rows: Readonly<Record<string, Row>> = rootRows;

/** Undefined where the mistake is in no block that we know: then everybody meets it. */
const ownerOf = ({ subject }: Diagnostic): Owner | undefined =>
  subject === undefined ? undefined : rows[subject.kind]?.owner;
