import { type Switch, switches } from './table.ts';

/** The text of `-h`, one switch a line, from the table. */
export function helpText(program: string): string {
  const left = (row: Switch): string => {
    const short = row.short === undefined ? '    ' : `-${row.short}, `;
    const placeholder = row.placeholder ?? '';
    const value = { none: '', required: `=${placeholder}`, optional: `[=${placeholder}]` }[row.argument];
    return `  ${short}--${row.long}${value}`;
  };
  const width = Math.max(...switches.map((row) => left(row).length)) + 2;
  const lines = switches.map(
    (row) => `${left(row).padEnd(width)}${row.help}${row.inEffect ? '' : ' (not in effect yet)'}`,
  );
  return [`Usage: ${program} [OPTION...]`, '', ...lines, ''].join('\n');
}
