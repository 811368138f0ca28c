import { fail, ok, type Result } from '@holdfast/kit';
import { ordinalOf } from './choose-priority.ts';
import { type Obstacle, obstacle, type Sourced, sourced } from './obstacle.ts';
import type { Plan } from './plan.ts';

/** What may stand in a template as ${NAME}. Other names are the file's own definitions and stay as they are. */
const places = {
  INTERFACE: (plan: Plan) => plan.interface,
  ADDRESS: (plan: Plan) => plan.address,
  PRIORITY: (plan: Plan) => plan.priority,
  VRID: (plan: Plan) => plan.vrid,
  PEERS: ({ peers, wishes, address }: Plan) => {
    const alone = wishes.peers.length > 0 && peers.value.length === 0;
    return sourced(alone ? address.value : peers.value.join('\n'), peers.from);
  },
  VIPS: ({ vips }: Plan) =>
    sourced(vips.map((vip) => `${vip.address}/${vip.prefixLength}`).join('\n'), 'HOLDFAST_VIPS'),
  AUTH_PASS: ({ password }: Plan) => password ?? sourced('', ''),
  HOSTNAME: ({ hostName }: Plan) => sourced(hostName, 'the host name'),
  ORDINAL: ({ wishes, hostName }: Plan) =>
    sourced(String(wishes.ordinal ?? ordinalOf(hostName) ?? ''), 'HOLDFAST_ORDINAL or the host name'),
} as const satisfies Record<string, (plan: Plan) => Sourced<string | number>>;

type Place = keyof typeof places;
const isPlace = (name: string): name is Place => Object.hasOwn(places, name);

/** What makes an empty place full. */
const remedies: Readonly<Partial<Record<Place, string>>> = {
  PEERS: 'set HOLDFAST_PEERS to the other routers',
  VIPS: 'set HOLDFAST_VIPS',
  AUTH_PASS: 'set HOLDFAST_AUTH_PASS or HOLDFAST_AUTH_PASS_FILE',
  ORDINAL: 'set HOLDFAST_ORDINAL, or a host name that ends in a number',
};

/** Fills in the template; before it stands what was put where. A place for which there is nothing is an obstacle. */
export function fillTemplate(text: string, plan: Plan): Result<string, readonly Obstacle[]> {
  const used = new Map<Place, Sourced<string | number>>();
  const filled = text.replace(/\$\{([A-Z_]+)\}/g, (whole, name: string) => {
    if (!isPlace(name)) return whole;
    const found = places[name](plan);
    used.set(name, found);
    return String(found.value);
  });
  const empty = [...used].filter(([, { value }]) => value === '');
  if (empty.length > 0)
    return fail(
      empty.map(([name]) =>
        obstacle(`the template uses \${${name}}, and there is none`, remedies[name] ?? 'remove it'),
      ),
    );
  const notes = [...used].map(([name, { from }]) => `# ${name}: ${from.replace(/[^\w .,:;/()=*?-]/g, '_')}`);
  return ok([...notes, filled].join('\n'));
}
