/** The worker's shell without the system under it: what a simulation has to bring is in its ports. */

export type { AddressRequest, Link, LinkAddress, RouteNetlink } from '@holdfast/netlink';
export type { Machine } from './machine.ts';
export { openOutbox } from './outbox.ts';
export type { Timer, Wire } from './ports.ts';
export { Router, type RouterPorts } from './router.ts';
