export { withoutLeftOut } from '../daemon/left-out.ts';
export { reloadPlan } from './reload-plan.ts';
export { reloadRefusals } from './reload-refusals.ts';
