import type { VrrpInstance } from '@holdfast/config';
import { type Micros, micros } from '@holdfast/kit';

type Rules = Pick<VrrpInstance, 'version' | 'priority' | 'downTimerAdverts'>;

/**
 * The priority in an advert: tracking moves it within 1..254, and never an owner's (RFC 9568 §5.2.4). Who is handed over
 * says the least there is.
 */
export function priorityInForce(
  config: Pick<VrrpInstance, 'priority'>,
  weight: number,
  handedOver: boolean,
): number {
  if (handedOver) return 1;
  if (config.priority === 255) return 255;
  return Math.max(1, Math.min(254, config.priority + weight));
}

/** Skew_Time, with fractions of microseconds: of a second in v2 (RFC 3768 §6.1), of the master's interval in v3. */
export function exactSkew(rules: Rules, priority: number, masterInterval: number): number {
  const base = rules.version === 2 ? 1_000_000 : masterInterval;
  return ((256 - priority) / 256) * base;
}

/** Master_Down_Interval, with fractions of microseconds (RFC 3768 §6.1, RFC 9568 §6.1). */
export function exactMasterDown(rules: Rules, priority: number, masterInterval: number): number {
  return rules.downTimerAdverts * masterInterval + exactSkew(rules, priority, masterInterval);
}

/** An inclusive span on the clock, or of a length: where the rules leave room, more than one moment is right. */
export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

export const exactly = (at: number): Span => ({ from: micros(at), to: micros(at) });

export const span = (a: number, b: number): Span => ({
  from: micros(Math.min(a, b)),
  to: micros(Math.max(a, b)),
});

/** The least span that covers both. */
export const around = (a: Span, b: Span): Span => ({
  from: micros(Math.min(a.from, b.from)),
  to: micros(Math.max(a.to, b.to)),
});

/** What `value` makes of both ends. */
export const mapSpan = (s: Span, value: (end: Micros) => number): Span => span(value(s.from), value(s.to));
