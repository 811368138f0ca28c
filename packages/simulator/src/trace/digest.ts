import type { Observation } from '../world/observation.ts';

/** A short text that stands for everything that was observed, in order. */
export interface Digester {
  add(observation: Observation): void;
  text(): string;
}

export function digester(): Digester {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  const mix = (n: number): void => {
    low = Math.imul(low ^ n, 0x01000193);
    high = Math.imul(high ^ (n + (low >>> 7)), 0x85ebca6b);
  };
  const mixText = (text: string): void => {
    for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
  };
  return {
    add(o) {
      mix(o.at);
      mixText(o.router);
      mixText(factOf(o));
    },
    text: () => `${hex(high)}${hex(low)}`,
  };
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');

function factOf(o: Observation): string {
  switch (o.kind) {
    case 'step':
      return `${o.event.kind} ${o.after.phase.kind} ${o.effects.length}`;
    case 'sent':
      return `sent ${o.advert.priority} ${o.advert.advertInterval}`;
    case 'addresses':
      return `${o.by} ${o.held.join(' ')}`;
    case 'condition':
      return o.what;
    default:
      return o.kind;
  }
}
