import { address } from '@holdfast/kit';
import { fakeRouteNetlink } from '../../src/index.ts';
import type { Subject } from './subject.ts';

export function fakeSubject(): Subject {
  const routes = fakeRouteNetlink();
  const indexes = new Map<string, number>();
  const indexOf = (name: string): number => indexes.get(name) ?? 0;
  // Another program has a hand of its own: what it does is not the caller's.
  return {
    routes,
    addLink: (name) => {
      const { index } = routes.addLink({ name });
      indexes.set(name, index);
      return index;
    },
    setAdminUp: (name, up) => routes.changeLink(indexOf(name), { adminUp: up, running: up }),
    setRunning: (name, running) => routes.changeLink(indexOf(name), { running }),
    removeLink: (name) => routes.removeLink(indexOf(name)),
    setPromoteSecondaries: (_, on) => routes.setPromoteSecondaries(on),
    others: (verb, name, ip, prefixLength) => {
      const requests = [{ index: indexOf(name), address: address(ip), prefixLength }];
      void (verb === 'add' ? routes.addAddresses(requests) : routes.deleteAddresses(requests));
    },
    close: () => routes.close(),
  };
}
