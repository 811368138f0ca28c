/** What decides a restart, apart from all that carries it out. */
export { decideRestart, type RestartDecision, type RestartNote } from './decision.ts';
export { lifetimeOf, staying } from './staying.ts';
