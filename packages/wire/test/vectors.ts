import { readFileSync } from 'node:fs';

/** What a vector says of the receiver. Absent: multicast, no password, not strict, priority 100. */
export interface VectorInstance {
  readonly version: 2 | 3;
  readonly virtualRouterId: number;
  readonly advertIntervalMicros: number;
  readonly addresses: readonly string[];
  readonly group?: string;
  readonly source?: string;
  readonly password?: string;
  readonly priority?: number;
  readonly unicastPeers?: readonly string[];
  readonly checkUnicastSource?: boolean;
  readonly minTtl?: number;
  readonly maxTtl?: number;
  readonly strict?: boolean;
  readonly ownerIgnoreAdverts?: boolean;
}

export interface AcceptedVector {
  readonly id: string;
  readonly hex: string;
  readonly instance: VectorInstance;
  readonly verdict: 'accepted';
  readonly source: string;
  readonly destination: string;
  readonly advert: {
    readonly version: 2 | 3;
    readonly virtualRouterId: number;
    readonly priority: number;
    readonly authType?: number;
    readonly authData?: string;
    readonly advertSeconds?: number;
    readonly advertCentiseconds?: number;
    readonly addresses: readonly string[];
  };
  readonly checksum: string;
  readonly notes: readonly string[];
}

export interface DroppedVector {
  readonly id: string;
  readonly hex: string;
  readonly instance: VectorInstance;
  readonly verdict: 'dropped';
  readonly reason: string;
}

/** Whole IP packets with their verdicts, computed by a program that shares nothing with the codec. */
export function advertVectors(): readonly (AcceptedVector | DroppedVector)[] {
  return JSON.parse(readFileSync(new URL('./vectors/adverts.json', import.meta.url), 'utf8'));
}

export const acceptedVectors = (): readonly AcceptedVector[] =>
  advertVectors().filter((vector) => vector.verdict === 'accepted');

export const droppedVectors = (): readonly DroppedVector[] =>
  advertVectors().filter((vector) => vector.verdict === 'dropped');
