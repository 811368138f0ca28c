import type { LinkEvent } from '../types.ts';

export interface Watcher {
  readonly onEvent: (event: LinkEvent) => void;
  readonly onLost: () => void;
}

export interface Audience {
  add(watcher: Watcher): void;
  event(event: LinkEvent): void;
  lose(): void;
  tellLost(): void;
  end(): void;
}

/** Who is told of events, in a later microtask: never from within the call that caused it. */
export function audience(): Audience {
  const watchers: Watcher[] = [];
  let isLosing = false;
  let isOver = false;
  const tell = (what: (watcher: Watcher) => void): void => {
    for (const watcher of watchers) {
      queueMicrotask(() => {
        if (!isOver) what(watcher);
      });
    }
  };
  return {
    add: (watcher) => watchers.push(watcher),
    event: (event) => {
      if (!isLosing) tell(({ onEvent }) => onEvent(event));
    },
    lose: () => {
      isLosing = true;
    },
    tellLost: () => {
      isLosing = false;
      tell(({ onLost }) => onLost());
    },
    end: () => {
      isOver = true;
    },
  };
}
