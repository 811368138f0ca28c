import type { IpAddress } from '@holdfast/kit';
import { paintFor } from '../../paint.ts';
import type { Surroundings } from '../../surroundings.ts';
import { daemons } from '../probes/daemons.ts';
import { interfaces } from '../probes/interfaces.ts';
import { listeners } from '../probes/listeners.ts';
import { sysctls } from '../probes/sysctls.ts';
import { jsonReport, statusOf, textReport } from '../report.ts';
import { type Applied, apply } from './apply.ts';
import { lastingCommandOf } from './commands.ts';
import type { RealServerFacts, Step } from './facts.ts';
import { judgeRealServer } from './judge.ts';

export interface RealServerOptions {
  readonly realServer: readonly IpAddress[];
  readonly port?: readonly number[];
  readonly apply?: boolean;
  readonly json?: boolean;
}

const about = ['virtual addresses', 'arp_ignore', 'arp_announce', 'services'] as const;

/** What a real server of a DR pool lacks; with `apply` what can be set is set, and said how to undo. */
export async function examineRealServer(
  options: RealServerOptions,
  { environment, isTerminal, write, writeError }: Surroundings,
): Promise<number> {
  const observed = await observe(options);
  const steps = options.apply === true ? judgeRealServer(observed).flatMap((one) => one.steps) : [];
  const applied = await apply(steps, observed);
  const findings = judgeRealServer(steps.length > 0 ? await observe(options) : observed).map(
    ({ finding }) => finding,
  );
  if (options.json === true) write(`${jsonReport(findings, about, applied)}\n`);
  else {
    write(applied.done.length > 0 ? `${told(applied, steps)}\n` : '');
    write(`${textReport(findings, about, paintFor(isTerminal, environment))}\n`);
  }
  if (applied.failure === undefined) return statusOf(findings);
  writeError(`holdfast: ${applied.failure}; run it as root, in a container with --cap-add NET_ADMIN\n`);
  return 2;
}

async function observe({ realServer, port = [] }: RealServerOptions): Promise<RealServerFacts> {
  const { links, addresses } = await interfaces();
  return {
    virtual: realServer,
    ports: port,
    links,
    addresses,
    sysctls: sysctls(links.map(({ name }) => name)),
    listeners: listeners(),
    daemons: daemons(new Set(['keepalived'])),
  };
}

const told = ({ done, undo }: Applied, steps: readonly Step[]): string =>
  [
    ...done.map((command) => `done: ${command}`),
    ...undo.map((command) => `to undo: ${command}`),
    ...steps
      .slice(0, done.length)
      .filter(({ kind }) => kind === 'sysctl')
      .map((step) => `to keep it after the next start: ${lastingCommandOf(step)}`),
  ].join('\n');
