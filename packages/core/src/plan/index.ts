export { lostScripts } from './lost-scripts.ts';
export { reloadPlan } from './reload-plan.ts';
