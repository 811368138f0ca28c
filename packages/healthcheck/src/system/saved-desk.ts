import type { ServiceKey } from '@holdfast/ipvs-netlink';
import { nothingSaved } from '../logic/merge-saved.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { savedNews } from './saved-news.ts';

/** What core hears for a successor of this worker, as it changes. Nothing is sent before the outbox is flushed. */
export interface SavedDesk {
  /** Those in which something has happened since core was told. */
  readonly touched: Iterable<Entry>;
  touch(entry: Entry): void;
  /** The virtual server is gone. */
  forget(entry: Entry): void;
  /**
   * The states that are news; to be told before the kernel hears of them.
   * @param plans of these the kernel may not hold what is wanted from now on
   * @param written the services that will be ours; `undefined`: as before
   */
  tell(plans: readonly Entry[], written?: readonly ServiceKey[]): void;
  /** At a first start only what will be ours: the states can wait for the table. */
  tellFirst(plans: readonly Entry[], written: readonly ServiceKey[]): void;
  /** @param holds whether the kernel was seen to hold what the virtual server wants */
  tellHeld(holds: (entry: Entry) => boolean): void;
}

export function savedDesk(outbox: Outbox): SavedDesk {
  const touched = new Set<Entry>();
  /** Something is wanted of the kernel that it was not yet seen to hold. */
  const unsettled = new Set<Entry>();

  const news = () =>
    [...touched].flatMap((entry) => {
      const pool = savedNews(entry.config, entry.told, entry.state);
      entry.told = entry.state;
      return pool === undefined ? [] : [pool];
    });
  return {
    touched,
    touch: (entry) => void touched.add(entry),
    forget(entry) {
      touched.delete(entry);
      unsettled.delete(entry);
    },
    tell(plans, written) {
      for (const entry of plans) unsettled.add(entry);
      const pools = news();
      touched.clear();
      if (pools.length > 0 || plans.length > 0 || written !== undefined)
        outbox.saved({ pools, written, settled: [], unsettled: plans.map(keyOf) });
    },
    tellFirst(plans, written) {
      for (const entry of plans) unsettled.add(entry);
      outbox.saved({ ...nothingSaved, written });
    },
    tellHeld(holds) {
      const held = [...unsettled].filter(holds);
      for (const entry of held) unsettled.delete(entry);
      if (held.length > 0) outbox.saved({ ...nothingSaved, settled: held.map(keyOf) });
    },
  };
}

const keyOf = ({ config }: Entry): string => config.key;
