import { test } from 'vitest';
import * as planner from '../../src/index.ts';
import { laws } from './laws.ts';

test.each(laws)('$name', ({ check }) => check(planner));
