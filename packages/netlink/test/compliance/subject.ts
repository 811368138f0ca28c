import type { RouteNetlink } from '../../src/index.ts';

/** What the suite runs against: a kernel, and a hand that changes it from outside. */
export interface Subject {
  readonly routes: RouteNetlink;
  /** A link that is up and running. @returns its index */
  addLink(name: string): number;
  setAdminUp(name: string, up: boolean): void;
  /** Takes the cable away or plugs it in. */
  setRunning(name: string, running: boolean): void;
  removeLink(name: string): void;
  setPromoteSecondaries(name: string, on: boolean): void;
  /** Somebody else adds or deletes an address. */
  others(verb: 'add' | 'del', name: string, address: string, prefixLength: number): void;
  close(): void;
}
