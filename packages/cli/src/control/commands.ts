import type { Result } from '@holdfast/kit';
import { type Command, InvalidArgumentError } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { type Client, client, type Schema, type Trouble } from './client.ts';
import { type Colours, coloursFor } from './colours.ts';
import { eventLine } from './event-line.ts';
import { statusScreen } from './status-screen.ts';
import { whyScreen } from './why-screen.ts';

/** Where a daemon with the customary pid file listens. */
export const customarySocket = '/run/holdfast/control.sock';

interface Common {
  readonly socket?: string;
  readonly json?: boolean;
}

/** Adds the commands that speak to a running daemon. */
export function addControlCommands(command: Command, surroundings: Surroundings): void {
  const add = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .option('--socket <path>', `the daemon's control socket; HOLDFAST_SOCKET, or ${customarySocket}`)
      .option('--json', 'the answer as it comes, for programs');
  const run = (options: Common, act: (session: Session) => Promise<number>): Promise<void> =>
    act(session(options, surroundings)).then(surroundings.exit);

  add('status', 'show instances, pools and what they wait for on one screen')
    .option('--all', 'leave nothing out, however much there is')
    .action((options: Common & { readonly all?: boolean }) =>
      run(options, (here) => status(here, options.all === true)),
    );
  add('events', 'show the last events')
    .option('-f, --follow', 'go on with what happens from now on')
    .option('-n, --last <number>', 'how many of the last ones', wholeNumber, 20)
    .action((options: Common & { readonly follow?: boolean; readonly last: number }) =>
      run(options, (here) => events(here, options.last, options.follow === true)),
    );
  add('why', 'say why an instance is in its state, and what would change it')
    .argument('<instance>')
    .action((instance: string, options: Common) => run(options, (here) => why(here, instance)));
  add('handover', 'give the mastership of an instance up for maintenance, without stopping')
    .argument('[instance]', 'or --all')
    .option('--back', 'take it back')
    .option('--all', 'all instances, one after the other')
    .action((instance: string | undefined, options: Common & HandoverOptions) =>
      run(options, (here) => handover(here, instance, options)),
    );
  addServerCommand(add, run);
}

interface HandoverOptions {
  readonly back?: boolean;
  readonly all?: boolean;
}

type Run = (options: Common, act: (session: Session) => Promise<number>) => Promise<void>;

function addServerCommand(add: (name: string, text: string) => Command, run: Run): void {
  const server = add(
    'server',
    'take a real server out of its pool, or change its weight, until the daemon ends',
  )
    .argument('<action>', 'drain (no new connections), disable (out of the table), enable, weight')
    .argument('<virtual-server>', 'its key, address:port, protocol/address:port or fwm:mark')
    .argument('<real-server>', 'its key, address:port or address')
    .argument('[weight]', 'for weight: 0 to 2147483647', wholeNumber);
  server.action(
    (
      action: string,
      virtualServer: string,
      realServer: string,
      weight: number | undefined,
      options: Common,
    ) => {
      const mistake = mistakeIn(action, weight);
      if (mistake !== undefined) return run(options, (here) => Promise.resolve(complain(here, mistake)));
      const order = { virtualServer, realServer, action, ...(weight === undefined ? {} : { weight }) };
      return run(options, async (here) => {
        const { serverAnswer } = await import('@holdfast/core/api');
        return show(here, await here.client.post('/v1/servers', order, serverAnswer), ({ text }) => text);
      });
    },
  );
}

function mistakeIn(action: string, weight: number | undefined): Trouble | undefined {
  if (!['drain', 'disable', 'enable', 'weight'].includes(action))
    return { message: `${action} is no action`, remedy: 'write drain, disable, enable or weight' };
  if (action === 'weight' && weight === undefined)
    return { message: 'weight needs a number', remedy: 'write it behind the real server' };
  if (action !== 'weight' && weight !== undefined)
    return { message: `${action} takes no number`, remedy: 'leave it out, or write weight' };
  return undefined;
}

/** What one command works with. */
interface Session {
  readonly client: Client;
  readonly colours: Colours;
  readonly json: boolean;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

function session(
  { socket, json }: Common,
  { environment, isTerminal, write, writeError }: Surroundings,
): Session {
  const path = socket ?? (environment['HOLDFAST_SOCKET'] || customarySocket);
  return {
    client: client(path),
    colours: coloursFor(isTerminal, environment),
    json: json === true,
    write,
    writeError,
  };
}

async function status(here: Session, all: boolean): Promise<number> {
  const { status: schema } = await import('@holdfast/core/api');
  return get(here, '/v1/status', schema, (answer) => statusScreen(answer, here.colours, Date.now(), all));
}

async function why(here: Session, instance: string): Promise<number> {
  const { why: schema } = await import('@holdfast/core/api');
  const path = `/v1/instances/${encodeURIComponent(instance)}/why`;
  return get(here, path, schema, (answer) => whyScreen(answer, here.colours, Date.now()));
}

async function handover(
  here: Session,
  instance: string | undefined,
  { back, all }: HandoverOptions,
): Promise<number> {
  if ((instance === undefined) !== (all === true))
    return complain(here, {
      message: instance === undefined ? 'no instance is named' : 'an instance and --all are both given',
      remedy: 'name one instance, or write --all',
    });
  const { handoverAnswer, status: schema } = await import('@holdfast/core/api');
  const hand = async (name: string): Promise<number> => {
    const path = `/v1/instances/${encodeURIComponent(name)}/handover`;
    return show(
      here,
      await here.client.post(path, { on: back !== true }, handoverAnswer),
      ({ text }) => text,
    );
  };
  if (instance !== undefined) return hand(instance);
  const known = await here.client.get('/v1/status', schema);
  if (!known.ok) return complain(here, known.error);
  let worst = 0;
  for (const { name } of known.value.instances) worst = Math.max(worst, await hand(name));
  return worst;
}

async function events(here: Session, last: number, follow: boolean): Promise<number> {
  const { event } = await import('@holdfast/core/api');
  const read = await here.client.lines(`/v1/events?last=${last}&follow=${follow}`, (line) => {
    if (here.json) {
      here.write(`${line}\n`);
      return;
    }
    const parsed = event.safeParse(JSON.parse(line));
    if (parsed.success) here.write(`${eventLine(parsed.data, here.colours, Date.now())}\n`);
  });
  return read.ok ? 0 : complain(here, read.error);
}

const get = async <T>(
  here: Session,
  path: string,
  schema: Schema<T>,
  text: (answer: T) => string,
): Promise<number> => show(here, await here.client.get(path, schema), text);

function show<T>(here: Session, answer: Result<T, Trouble>, text: (answer: T) => string): number {
  if (!answer.ok) return complain(here, answer.error);
  here.write(`${here.json ? JSON.stringify(answer.value, undefined, 2) : text(answer.value)}\n`);
  return 0;
}

/** One sentence, and what to do. */
function complain({ writeError }: Session, { message, remedy }: Trouble): number {
  writeError(`holdfast: ${message}; ${remedy}\n`);
  return 1;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
}
