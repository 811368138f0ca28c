import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import type { IpAddress } from '@holdfast/kit';

/**
 * Virtual servers as they travel from core to the worker: in most files thousands are alike but for their addresses,
 * so that everything else is said once, with an example of the kind. Plain data, JSON-safe.
 */
export interface PackedServers {
  /** Without services and real servers. */
  readonly virtualExamples: readonly VirtualServer[];
  /** What is checked at the address or port of the example is checked at its own with the others. */
  readonly realExamples: readonly RealServer[];
  readonly virtualServers: readonly PackedVirtualServer[];
}

/** @param example its place in the list of examples */
export type PackedVirtualServer = readonly [
  example: number,
  key: string,
  services: VirtualServer['services'],
  realServers: readonly PackedRealServer[],
];
/** @param example its place in the list of examples */
export type PackedRealServer = readonly [example: number, key: string, address: IpAddress, port: number];

/**
 * What was packed. Those of one kind share their parts: nothing of them may be changed.
 * @throws RangeError where an example is missing: no sender leaves one out
 */
export function unpackServers(packed: PackedServers): readonly VirtualServer[] {
  // A copy of an example whose fields get other values is the smallest and quickest object that the engine can make.
  const unpackReal = ([index, key, address, port]: PackedRealServer): RealServer => {
    const example = exampleAt(packed.realExamples, index);
    const checkers = example.checkers.map((checker) => movedChecker(checker, example, address, port));
    return { ...example, key, address, port, checkers };
  };
  return packed.virtualServers.map(([index, key, services, realServers]) => ({
    ...exampleAt(packed.virtualExamples, index),
    key,
    services,
    realServers: realServers.map(unpackReal),
  }));
}

function movedChecker(checker: Checker, example: RealServer, address: IpAddress, port: number): Checker {
  if (!('target' in checker)) return checker;
  const { target } = checker;
  const moved = {
    ...target,
    address: target.address === example.address ? address : target.address,
    port: target.port === example.port ? port : target.port,
  };
  return { ...checker, target: moved };
}

function exampleAt<Server>(examples: readonly Server[], index: number): Server {
  const example = examples[index];
  if (example === undefined)
    throw new RangeError(`example ${index} of ${examples.length} is named in a message`);
  return example;
}
