import type { Command, Option } from 'commander';

/** What may be completed behind one command. */
interface Words {
  readonly name: string;
  readonly description: string;
  readonly options: readonly { readonly words: readonly string[]; readonly option: Option }[];
}

const wordsOf = (command: Command): readonly Words[] =>
  command.commands.map((one) => ({
    name: one.name(),
    description: one.description(),
    options: one.options.map((option) => ({
      words: [option.short, option.long].filter((word) => word !== undefined),
      option,
    })),
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
${commands.map(({ name, options }) => `    ${name}) _arguments ${[...options.flatMap(zshOption), "'*:file:_files'"].join(' ')} ;;`).join('\n')}
  esac
}
_${command.name()} "$@"
`;
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
