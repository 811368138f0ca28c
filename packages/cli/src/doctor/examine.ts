import { hostname } from 'node:os';
import { paintFor } from '../paint.ts';
import type { Surroundings } from '../surroundings.ts';
import { checks } from './checks/index.ts';
import { observe } from './observe.ts';
import type { DoctorOptions } from './options.ts';
import { jsonReport, statusOf, textReport } from './report.ts';

/** Looks at the machine and writes down what keeps it from working. @returns the exit status */
export async function examine(
  options: DoctorOptions & { readonly file: string },
  surroundings: Surroundings,
): Promise<number> {
  const { environment, directory, isTerminal, write } = surroundings;
  const facts = await observe({
    path: options.file,
    directory,
    configId: options.configId ?? (hostname().split('.')[0] || 'localhost'),
    environment,
    listen: options.listen,
  });
  const findings = checks.flatMap(({ judge }) => judge(facts));
  const about = checks.map((check) => check.about);
  const paint = paintFor(isTerminal, environment);
  write(`${options.json === true ? jsonReport(findings, about) : textReport(findings, about, paint)}\n`);
  return statusOf(findings);
}
