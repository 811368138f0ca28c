import { type Documented, lintCatalogue } from '@holdfast/config';
import { pairCatalogue } from '../pair/catalogue.ts';

const introduction = `# Diagnostics

\`holdfast check [FILE...]\` tells what is wrong with a configuration before a reload, and what is legal but hardly meant so. The status is 0 for nothing or notes only, 1 for warnings, 2 for errors. \`--format json\` is for programs, \`--format github\` for annotations of a workflow.

Errors explain themselves where they stand: what is wrong, what is used instead, what to do. This page is about the remarks that keepalived does not have. They change neither the exit status of \`holdfastd -t\` nor what a reload does.

A remark is silenced on its line by a comment at the end of it, which keepalived passes over like any other comment:

\`\`\`
virtual_ipaddress {
  10.0.0.100   # holdfast: ignore address-without-prefix
}
\`\`\`

Several codes stand side by side, with blanks or commas between. In a shell script the same comment silences what is said about a line of the script. What keepalived reports, too, cannot be silenced.

\`holdfast check --pair A B [C...]\` holds the files of routers that back each other up against each other. Virtual routers are compared by their number, never by their name. Where one file with \`@ID\` lines serves all of them, write it several times and the names behind \`--config-id\`: \`holdfast check --pair k.conf k.conf --config-id left,right\`.
`;

/** The page of all lints, as Markdown: \`docs/diagnostics.md\`. */
export function diagnosticsPage(): string {
  return [
    introduction,
    '## Remarks about a file\n',
    indexOf(lintCatalogue),
    ...lintCatalogue.map((one) => `${section(one)}\n\`\`\`\n${one.example.trimEnd()}\n\`\`\`\n`),
    '## Remarks about a pair\n',
    indexOf(pairCatalogue),
    ...pairCatalogue.map(section),
  ].join('\n');
}

const indexOf = (entries: readonly Documented[]): string =>
  [
    '| code | severity | what it says |',
    '| --- | --- | --- |',
    ...entries.map(({ code, severity, title }) => `| [${code}](#${code}) | ${severity} | ${title} |`),
    '',
  ].join('\n');

const section = ({ code, severity, title, why, remedy }: Documented): string =>
  `### ${code}\n\n${title} (${severity})\n\n${why}\n\nRemedy: ${remedy}\n`;
