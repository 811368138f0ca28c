import { failureText, type IpvsFailure, serviceId } from '@holdfast/ipvs-netlink';

/**
 * What an operator has to hear of what the kernel refused: one line for one cause. Where a service could not be made,
 * its servers cannot be put into it; and a right that is missing is missing for everything.
 */
export function refusals(failures: readonly IpvsFailure[]): readonly string[] {
  const missing = new Set(failures.flatMap(serviceNotMade));
  const causes = failures.filter((failure) => !isConsequence(failure, missing));
  return [...new Set(causes.map(text))];
}

const serviceNotMade = ({ asked }: IpvsFailure): readonly string[] =>
  asked.kind === 'add-service' ? [serviceId(asked.service.key)] : [];

function isConsequence({ asked }: IpvsFailure, missing: ReadonlySet<string>): boolean {
  const isOfServer =
    asked.kind === 'add-server' || asked.kind === 'set-server' || asked.kind === 'delete-server';
  return isOfServer && missing.has(serviceId(asked.service));
}

const text = (failure: IpvsFailure): string =>
  failure.code === 'EPERM'
    ? `the table cannot be changed: ${failure.reason} (EPERM); ${failure.remedy}`
    : failureText(failure);
