import { type DocumentedLint, examplePool } from './documented.ts';

/** Lints about virtual and real servers. */
export const poolLints: readonly DocumentedLint[] = [
  {
    code: 'server-without-checker',
    severity: 'warning',
    title: 'A real server has no checker.',
    why: 'It stays in the pool, dead or alive, and a part of the clients meets the dead one.',
    remedy: 'Add TCP_CHECK { } or a checker that knows the service.',
    example: examplePool(''),
  },
  {
    code: 'director-as-real-server',
    severity: 'warning',
    title: 'A real server with direct routing is the director itself.',
    why: 'Alone it works. With a backup director that has the same table, a packet that the master sends to the backup as a real server is balanced there again and may come back: packets go round, connections hang.',
    remedy:
      'Balance on firewall marks that packets with the MAC address of the other director do not get, or serve from another machine.',
    example: examplePool('    TCP_CHECK {\n      connect_timeout 2\n    }\n', '', '10.0.0.2'),
  },
  {
    code: 'check-slower-than-loop',
    severity: 'warning',
    title: 'A check may take longer than delay_loop.',
    why: 'The next check waits for the one before: a dead server is noticed later than delay_loop promises. Where the time is a default, this is a note.',
    remedy: 'Shorten connect_timeout or misc_timeout, or lengthen delay_loop.',
    example: examplePool('    TCP_CHECK {\n      connect_timeout 10\n    }\n'),
  },
  {
    code: 'endless-pattern',
    severity: 'warning',
    title: 'A regular expression can take for ever.',
    why: 'A repetition around something that matches the same text in several ways makes the search try them all, twice as many for each further character. A page that nearly matches is enough.',
    remedy: 'Repeat once only, or write the inner repetition possessive (a++).',
    example: examplePool(
      '    HTTP_GET {\n      connect_timeout 2\n      url {\n        path /\n        regex "^(a+)+$"\n      }\n    }\n',
    ),
  },
];
