import { startUp } from './bounds.ts';
import type { Happening } from './happening.ts';

/** What is known of a router at an instant. */
export interface RouterView {
  /** Its kernel has the address. */
  readonly holds: boolean;
  /** Its daemon runs, and a worker that nobody has killed listens: it must take over when nobody else is master. */
  readonly healthy: boolean;
  readonly coreAlive: boolean;
  /** Since the death of the last worker, which was killed, none has listened: nobody speaks for this router. */
  readonly speechless: boolean;
  /** Core and worker were both killed, and none has listened since: what its kernel has stays there. */
  readonly abandoned: boolean;
  /** Workers killed since the daemon was started. */
  readonly workersKilled: number;
  readonly startedAt: number;
}

export const unknownRouter: RouterView = {
  holds: false,
  healthy: false,
  coreAlive: false,
  speechless: true,
  abandoned: false,
  workersKilled: 0,
  startedAt: -Infinity,
};

/** The view after something has happened to the router. */
export function afterwards(before: RouterView, happening: Happening): RouterView {
  const view = changed(before, happening);
  return { ...view, abandoned: view.speechless && (view.abandoned || !view.coreAlive) };
}

function changed(view: RouterView, happening: Happening): RouterView {
  switch (happening.kind) {
    case 'killed':
      return afterKill(view, happening.role);
    case 'started':
      return { ...view, coreAlive: true, workersKilled: 0, startedAt: happening.at };
    case 'ended-by-itself':
      return { ...view, coreAlive: false, healthy: false };
    case 'listening':
      return { ...view, healthy: view.coreAlive, speechless: false };
    case 'deaf':
      return { ...view, healthy: false };
    case 'added':
      return { ...view, holds: true };
    case 'removed':
      return { ...view, holds: false };
    case 'outlived':
    case 'not-there':
    case 'unsettled':
      return view;
    default:
      return happening satisfies never;
  }
}

function afterKill(view: RouterView, role: 'core' | 'worker' | 'spare'): RouterView {
  switch (role) {
    case 'core':
      return { ...view, coreAlive: false, healthy: false };
    case 'worker':
      return { ...view, healthy: false, speechless: true, workersKilled: view.workersKilled + 1 };
    case 'spare':
      return view;
    default:
      return role satisfies never;
  }
}

/** Whether all of it was killed, so that nobody can remove its address until a new daemon has come up. */
export const isDead = (view: RouterView, now: number): boolean =>
  view.abandoned && (!view.coreAlive || now < view.startedAt + startUp);
