import assert from 'node:assert/strict';
import { address, type Result } from '@holdfast/kit';
import type { IpvsRequest } from '../../src/codec/request.ts';
import { errnoName } from '../../src/failure/errno.ts';
import {
  type Answer,
  type Change,
  type Forwarding,
  type Ipvs,
  type IpvsFailure,
  type IpvsTransport,
  type Server,
  type Service,
  type ServiceKey,
  server,
  service,
} from '../../src/index.ts';

/** What a case of the suite works with: a kernel, real or not, through the client and beneath it. */
export interface Bench {
  readonly ipvs: Ipvs;
  readonly transport: IpvsTransport;
  /** Runs without CAP_NET_ADMIN. */
  readonly withoutRight: (run: () => Promise<void>) => Promise<void>;
}

/** A behaviour that every IPVS table has; it begins with an empty one. */
export interface Case {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<void>;
}

/** Interfaces that the bench's kernel has, and one that it has not. */
export const interfaces = { up: 'hf-up', down: 'hf-down', none: 'hf-none' } as const;

/** Empties the table, stops the daemons, puts the timeouts back. */
export async function reset({ ipvs }: Bench): Promise<void> {
  await ipvs.flush();
  await ipvs.stopDaemon('master');
  await ipvs.stopDaemon('backup');
  expectOk(await ipvs.setTimeouts({ tcp: 900, tcpFin: 120, udp: 300 }));
}

export const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('10.9.0.100'), port: 80 };
export const web6: ServiceKey = {
  kind: 'address',
  protocol: 'tcp',
  address: address('fd00::100'),
  port: 443,
};

export const addService = (key: ServiceKey, scheduler = 'rr', rest: Partial<Service> = {}): Change => ({
  kind: 'add-service',
  service: service(key, scheduler, rest),
});

export const aServer = (text: string, rest: Partial<Server> = {}): Server =>
  server({ address: address(text), port: rest.port ?? 80 }, rest);

export const addServer = (key: ServiceKey, text: string, rest: Partial<Server> = {}): Change => ({
  kind: 'add-server',
  service: key,
  server: aServer(text, rest),
});

export const ipip: Forwarding = { method: 'TUN', tunnel: { type: 'ipip' } };
export const gue = (port: number): Forwarding => ({
  method: 'TUN',
  tunnel: { type: 'gue', port, checksum: 'nocsum' },
});

/** Carries out changes that must all succeed. */
export async function given({ ipvs }: Bench, ...changes: readonly Change[]): Promise<void> {
  for (const result of await ipvs.perform(changes)) expectOk(result);
}

export function expectOk<T>(result: Result<T, IpvsFailure>): T {
  assert.ok(result.ok, result.ok ? '' : `${result.error.request}: ${result.error.code}`);
  return result.value;
}

export function expectCode<T>(result: Result<T, IpvsFailure> | undefined, code: string): void {
  assert.equal(result?.ok === false ? result.error.code : 'done', code);
}

/** What the kernel says to a change: "done" or the name of an error. */
export async function saidTo({ ipvs }: Bench, change: Change): Promise<string> {
  const [result] = await ipvs.perform([change]);
  return result?.ok === false ? result.error.code : 'done';
}

/** What the kernel says to a request made by hand. */
export async function saidToRaw({ transport }: Bench, request: IpvsRequest): Promise<string> {
  const [answer] = await transport.request([request]);
  return saying(answer);
}

export function saying(answer: Answer | undefined): string {
  if (answer === undefined || answer.errno === 'silent') return 'silent';
  return answer.errno === 0 ? 'done' : errnoName(answer.errno);
}
