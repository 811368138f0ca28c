import { numeralWeight } from '../../arguments/list-entries.ts';
import { nothing } from '../../arguments/simple.ts';
import { keyword, type Row, type Rows } from '../row.ts';

export interface TrackingOptions {
  /** The largest weight; 254 is one that is cut to 253 with a message. */
  readonly most: 253 | 254;
  /** What counts without a weight here. */
  readonly fallback: 'none' | 'object';
  readonly inEffect: boolean;
}

/** Options of an entry of `track_interface`, `track_script` and their like. */
export function trackingWords({ most, fallback, inEffect }: TrackingOptions): Rows {
  const option = (row: Row): Row => ({ ...row, inEffect });
  const fromObject = fallback === 'object';
  const reverse: Rows = {
    weight: option(
      keyword(numeralWeight(most), 'What it adds to the priority or takes away; 0 means FAULT.', {
        default: fromObject ? 'weight of the tracked object' : '0',
      }),
    ),
    reverse: option(
      keyword(nothing, 'The weight counts the other way round; it stands behind the weight.', {
        default: fromObject ? 'setting of the tracked object' : 'off',
      }),
    ),
  };
  if (!fromObject) return reverse;
  const noreverse = keyword(nothing, 'The weight counts as it stands, whatever the tracked object says.');
  return { ...reverse, noreverse: option(noreverse) };
}
