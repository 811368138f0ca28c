import { type Micros, micros, plus, type Random, seededRandom } from '@holdfast/kit';
import type { RouterName, Weather } from '../story/types.ts';
import type { Agenda } from './agenda.ts';

/** The wire between the hosts: each direction between two of them has its own luck and can be cut by itself. */
export interface Lan {
  send(from: RouterName, to: RouterName, packet: Uint8Array): void;
  cut(from: RouterName, to: RouterName, isCut: boolean): void;
  setWeather(weather: Weather): void;
  isCut(from: RouterName, to: RouterName): boolean;
  readonly weather: Weather;
}

export const FAIR_WEATHER: Weather = { loss: 0, duplication: 0, delayUpTo: micros(400) };
const SHORTEST_DELAY = micros(50);

/** @param deliver hands a packet to a host's interface at the moment it arrives */
export function lan(
  seed: number,
  time: Agenda,
  deliver: (from: RouterName, to: RouterName, packet: Uint8Array) => void,
): Lan {
  const cuts = new Map<string, number>();
  const chances = new Map<string, Random>();
  let weather = FAIR_WEATHER;

  const chanceOf = (direction: string): Random => {
    const known = chances.get(direction);
    if (known !== undefined) return known;
    const fresh = seededRandom(seed ^ hash(direction));
    chances.set(direction, fresh);
    return fresh;
  };
  return {
    send(from, to, packet) {
      const direction = `${from}>${to}`;
      const chance = chanceOf(direction);
      const copies = chance.chance(weather.loss) ? 0 : chance.chance(weather.duplication) ? 2 : 1;
      if ((cuts.get(direction) ?? 0) > 0) return;
      for (let copy = 0; copy < copies; copy++) {
        const delay: Micros = micros(chance.whole(SHORTEST_DELAY, weather.delayUpTo));
        time.at(plus(time.now(), delay), () => {
          deliver(from, to, packet);
        });
      }
    },
    cut(from, to, isCut) {
      const direction = `${from}>${to}`;
      cuts.set(direction, (cuts.get(direction) ?? 0) + (isCut ? 1 : -1));
    },
    setWeather(next) {
      weather = next;
    },
    isCut: (from, to) => (cuts.get(`${from}>${to}`) ?? 0) > 0,
    get weather() {
      return weather;
    },
  };
}

/** FNV-1a: a stable number for a text. */
export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}
