import type { Instance } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { ago } from './time.ts';

/** One instance on the screen. @param short one that is in order has one line @param now milliseconds since 1970 */
export function instanceLines(
  instance: Instance,
  colours: Colours,
  now: number,
  short: boolean,
): readonly string[] {
  const { name, state, since, why, priority, handedOver, master, addresses, tracked, faults } = instance;
  const { quiet, odd } = colours;
  const lasting = since === null ? '' : ` for ${ago(since, now)}`;
  const effective = priority.effective ?? priority.configured;
  const base = effective === priority.configured ? '' : ` (configured ${priority.configured})`;
  const where = `${instance.interface} vrid ${instance.virtualRouterId} priority ${effective}${base}`;
  const over = handedOver ? odd('  handed over') : '';
  const detail = (label: string, text: string): string => `    ${quiet(label.padEnd(7))} ${text}`;
  const line = `  ${name.padEnd(12)} ${paintState(state, colours)}${lasting}  ${quiet(where)}${over}`;
  if (short && isInOrder(instance)) return [line];
  return [
    line,
    ...(why === null ? [] : [detail('why', why.text)]),
    ...(master === null || state === 'MASTER' ? [] : [detail('master', masterText(master, now))]),
    detail('VIPs', addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(' ')),
    ...(tracked.length === 0
      ? []
      : [detail('tracks', tracked.map((one) => trackedText(one, colours)).join(', '))]),
    ...faults.map((text) => detail('fault', colours.bad(text))),
  ];
}

/** Nothing of it needs an eye. */
const isInOrder = ({ state, handedOver, tracked, faults }: Instance): boolean =>
  (state === 'MASTER' || state === 'BACKUP') &&
  !handedOver &&
  faults.length === 0 &&
  tracked.every(({ condition, reverse }) => (condition === 'good') !== reverse);

function paintState(state: Instance['state'], { good, bad, odd, strong }: Colours): string {
  switch (state) {
    case 'MASTER':
      return good(strong(state));
    case 'BACKUP':
      return strong(state);
    case 'FAULT':
      return bad(state);
    default:
      return odd(state);
  }
}

function masterText({ address, priority, heardAt }: NonNullable<Instance['master']>, now: number): string {
  const heard = heardAt === null ? '' : `, heard ${ago(heardAt, now)} ago`;
  return `${address} (priority ${priority}${heard})`;
}

function trackedText(
  { kind, name, weight, reverse, condition }: Instance['tracked'][number],
  { good, bad, odd }: Colours,
): string {
  const paint = condition === 'good' ? good : condition === 'bad' ? bad : odd;
  const effect = weight === 0 ? '' : ` (weight ${weight}${reverse ? ' reverse' : ''})`;
  return `${kind} ${name} ${paint(condition)}${effect}`;
}
