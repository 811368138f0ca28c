import type { Diagnostic } from '@holdfast/config';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { shellWord } from '../shell-word.ts';

/** What the file says of this machine that is not so; other mistakes are left to `holdfast check`. */
export function configuration(facts: Facts): readonly Finding[] {
  const { path, result } = facts.configuration;
  const serious = result.diagnostics.filter(({ severity }) => severity !== 'note');
  const here = serious.filter(({ code }) => ofTheMachine.test(code));
  const errors = serious.filter((one) => one.severity === 'error' && !here.includes(one));
  const [first] = errors;
  const more = errors.length < 2 ? '' : ` (and ${errors.length - 1} more)`;
  const rest: readonly Finding[] =
    first === undefined
      ? []
      : [
          {
            code: 'configuration-errors',
            severity: 'error',
            message: `${place(first)}: ${first.message}${more}`,
            command: `holdfast check ${shellWord(path)}`,
          },
        ];
  return [...rest, ...here.map((one) => findingFor(one, facts))];
}

const ofTheMachine =
  /^(?:interface-|script-syntax$|redirection-in-test$|script-stops-daemon$|address-outside-networks$|namespace-missing$)/;

const place = ({ file, line }: Diagnostic): string => (line === 0 ? file : `${file}:${line}`);

function findingFor(one: Diagnostic, facts: Facts): Finding {
  return {
    code: one.code,
    severity: one.severity,
    message: `${place(one)}: ${one.message}`,
    command: one.code.startsWith('interface-') ? rename(one, facts) : commandFor(one),
    ...(one.remedy === undefined ? {} : { remedy: one.remedy }),
  };
}

/** The only interface there is must be the one that was meant. */
function rename({ file, line, source, column, length }: Diagnostic, { links }: Facts): string {
  const candidates = links.filter(({ loopback }) => !loopback);
  const [only, another] = candidates;
  const written = [...source].slice(column - 1, column - 1 + length).join('');
  if (only === undefined || another !== undefined || !/^[\w.@-]+$/.test(written)) return 'ip -brief link';
  return `sed -i '${line}s/${written}/${only.name}/' ${shellWord(file)}`;
}

function commandFor({ code, file, line }: Diagnostic): string {
  if (code === 'script-syntax') return `sh -n ${shellWord(file)}`;
  return code === 'address-outside-networks' ? 'ip -brief address' : `sed -n ${line}p ${shellWord(file)}`;
}
