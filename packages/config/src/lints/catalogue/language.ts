import { type DocumentedLint, exampleInstance } from './documented.ts';

/** Lints about how a file is written. */
export const languageLints: readonly DocumentedLint[] = [
  {
    code: 'keyword-on-same-line',
    severity: 'warning',
    title: 'A second keyword stands on the line of another one.',
    why: 'A line has one keyword; what stands behind its arguments is passed over without a word. A password or a status code is lost that way.',
    remedy: 'Put each keyword on a line of its own. Braces may share a line, keywords may not.',
    example: exampleInstance('  priority 150 nopreempt\n'),
  },
  {
    code: 'given-again',
    severity: 'warning',
    title: 'A keyword stands twice in one block, with different values.',
    why: 'The last one counts, without a word. Who mends the first one wonders why nothing changes.',
    remedy: 'Remove one of the two; lines with @ID in front give machines of one file different values.',
    example: exampleInstance('  priority 150\n  priority 100\n'),
  },
  {
    code: 'wide-character',
    severity: 'warning',
    title: 'A curly quotation mark or a full-width character is part of a word.',
    why: 'Word processors and other keyboards put them in. They look like those of the language and mean nothing: a program between curly quotation marks has them in its name.',
    remedy: 'Write the ordinary character; where the other one is meant, put the word in double quotes.',
    example: exampleInstance('  notify_master “/bin/true”\n'),
  },
  {
    code: 'undefined-parameter',
    severity: 'warning',
    title: 'A parameter is used that is not defined, or only further down.',
    why: 'Its use stays in the file as it is written: `$PASS` becomes a password of five characters, the same on all routers, and nobody notices.',
    remedy:
      'Define it above its first use, with a line $NAME=VALUE; a line with @ID may define it for one machine.',
    example: exampleInstance('  authentication {\n    auth_type PASS\n    auth_pass $PASS\n  }\n'),
  },
];
