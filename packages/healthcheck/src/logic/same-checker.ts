import type { Checker, CheckTarget, HttpUrl } from '@holdfast/config';
import { runs } from './checker-state.ts';

/**
 * Whether two checkers look at the same thing: then a reload lets the one go on as the other. How often and how
 * patiently is no part of it.
 */
export const sameChecker = (a: Checker, b: Checker): boolean =>
  JSON.stringify(subject(a)) === JSON.stringify(subject(b));

function subject(checker: Checker): readonly unknown[] {
  switch (checker.kind) {
    case 'TCP_CHECK':
      return [checker.kind, ...endpoints(checker.target)];
    case 'MISC_CHECK':
      return [
        checker.kind,
        checker.command.argv,
        checker.command.runAs ?? null,
        checker.dynamic,
        runs(checker),
      ];
    default:
      return [checker.kind, ...endpoints(checker.target), checker.virtualhost ?? null, checker.urls.map(url)];
  }
}

const endpoints = ({
  address,
  port,
  bindTo,
  bindPort,
  bindInterface,
  fwmark,
}: CheckTarget): readonly unknown[] => [address, port, bindTo, bindPort, bindInterface, fwmark];

const url = ({ path, virtualhost, digest, statusCodes }: HttpUrl): readonly unknown[] => [
  path,
  virtualhost,
  digest,
  statusCodes.map(({ from, to }) => [from, to]),
];
