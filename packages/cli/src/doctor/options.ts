import type { IpAddress } from '@holdfast/kit';

/** What the command line says, read. */
export interface DoctorOptions {
  readonly file?: string;
  readonly configId?: string;
  readonly listen?: number;
  readonly json?: boolean;
  readonly realServer?: readonly IpAddress[];
  readonly port?: readonly number[];
  readonly apply?: boolean;
}
