import type { Command, Option } from 'commander';
import { explainable } from '../explain/explainable.ts';

/** What may be completed behind one command. */
interface Words {
  readonly name: string;
  readonly description: string;
  readonly options: readonly { readonly words: readonly string[]; readonly option: Option }[];
  /** What its first argument may be; of `explain` each one. */
  readonly arguments: readonly string[];
}

const takesMany = ({ name }: Words): boolean => name === 'explain';

const wordsOf = (command: Command): readonly Words[] =>
  command.commands.map((one) => ({
    name: one.name(),
    description: one.description(),
    options: one.options.map((option) => ({
      words: [option.short, option.long].filter((word) => word !== undefined),
      option,
    })),
    arguments:
      one.name() === 'explain'
        ? explainable().filter((name) => /^[\w-]+$/.test(name))
        : (one.registeredArguments[0]?.argChoices ?? []),
  }));

/** Completion for bash: commands, their options, the choices of an option, and names of files. */
export function bashCompletion(command: Command): string {
  const commands = wordsOf(command);
  const choices = commands.flatMap(({ name, options }) =>
    options.flatMap(({ words, option }) =>
      option.argChoices === undefined
        ? []
        : [
            `    ${words.map((word) => `${name}:${word}`).join('|')}) words='${option.argChoices.join(' ')}' ;;`,
          ],
    ),
  );
  return `# bash completion for ${command.name()}
_${command.name()}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current")
    return
  fi
  case "$command:$previous" in
${choices.join('\n')}
  esac
  if [ -z "$words" ] && [ "\${current#-}" != "$current" ]; then
    case "$command" in
${commands
  .map(
    ({ name, options }) =>
      `      ${name}) words='${[...options.flatMap(({ words }) => words), '--help'].join(' ')}' ;;`,
  )
  .join('\n')}
    esac
  fi
  if [ -z "$words" ] && [ "\${current#-}" = "$current" ]; then
    case "$command:$COMP_CWORD" in
${commands
  .filter((one) => one.arguments.length > 0)
  .map((one) => `      ${one.name}:${takesMany(one) ? '*' : '2'}) words='${one.arguments.join(' ')}' ;;`)
  .join('\n')}
    esac
  fi
  if [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _${command.name()} ${command.name()}
`;
}

/** Completion for zsh: as that of bash, with what each word means. */
export function zshCompletion(command: Command): string {
  const commands = wordsOf(command);
  return `#compdef ${command.name()}
_${command.name()}() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    '${name}:${plain(description)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map((one) => `    ${one.name}) _arguments ${[...one.options.flatMap(zshOption), ...zshArguments(one)].join(' ')} ;;`).join('\n')}
  esac
}
_${command.name()} "$@"
`;
}

function zshArguments(one: Words): readonly string[] {
  const files = "'*:file:_files'";
  if (one.arguments.length === 0) return [files];
  const words = `(${one.arguments.join(' ')})`;
  // The command itself is the first word.
  return takesMany(one) ? [`'*:keyword:${words}'`] : ["'1:command:'", `'2:argument:${words}'`, files];
}

const zshOption = ({ words, option }: Words['options'][number]): readonly string[] =>
  words.map((word) => {
    const value =
      option.argChoices === undefined ? ':value:_files' : `:value:(${option.argChoices.join(' ')})`;
    const takes = option.required || option.optional;
    return `'${word}[${plain(option.description)}]${takes ? value : ''}'`;
  });

/** What zsh would take for a sign of its own is left out of a description. */
const plain = (text: string): string => text.replaceAll(/['[\]:\\`]/g, '');
