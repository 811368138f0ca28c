export { sameChecker } from './logic/same-checker.ts';
