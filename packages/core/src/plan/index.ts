export { withoutLeftOut } from '../daemon/left-out.ts';
export { lostScripts } from './lost-scripts.ts';
export { reloadPlan } from './reload-plan.ts';
