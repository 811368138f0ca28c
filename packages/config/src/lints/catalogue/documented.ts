import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { MemoryFile } from '../../files/memory-files.ts';

/** What the documentation says of one diagnostic. */
export interface Documented {
  readonly code: string;
  readonly severity: Severity;
  /** What it says, in one sentence. */
  readonly title: string;
  /** Why it matters: what happens, and to whom. */
  readonly why: string;
  readonly remedy: string;
}

/** A lint with a configuration that gives rise to it, on a machine where eth0 has 10.0.0.2/24. */
export interface DocumentedLint extends Documented {
  readonly example: string;
  /** Other files that the example needs: scripts. */
  readonly files?: Readonly<Record<string, MemoryFile>>;
  /** It is about what there is on the machine: no program, and no user but root. */
  readonly isAboutMachine?: true;
}

/** An instance on eth0 with further lines, for examples. */
export const exampleInstance = (lines: string, address = '10.0.0.100/24', name = 'V'): string =>
  `vrrp_instance ${name} {\n  interface eth0\n  virtual_router_id 51\n  virtual_ipaddress {\n    ${address}\n  }\n${lines}}\n`;

/** A tracked script, for examples. */
export const exampleScript = (lines: string): string =>
  `vrrp_script chk {\n${lines}}\n${exampleInstance('  track_script {\n    chk\n  }\n')}`;

/** A virtual server with a real server, for examples. */
export const examplePool = (checker: string, lines = '', server = '10.0.0.11'): string =>
  `virtual_server 10.0.0.100 80 {\n  delay_loop 3\n  lb_algo rr\n  lb_kind DR\n  protocol TCP\n${lines}  real_server ${server} 80 {\n${checker}  }\n}\n`;
