import { ipvsClient } from '../client/client.ts';
import type { Ipvs } from '../client/types.ts';
import { fakeKernel } from './kernel.ts';
import type { FakeWorld } from './types.ts';

/** An `Ipvs` over a fake kernel of its own: for tests and for trying things out. */
export const fakeIpvs = (world: FakeWorld = {}): Ipvs => ipvsClient(fakeKernel(world).connect());
