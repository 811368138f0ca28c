import { inMilliseconds, inSeconds } from './acts.ts';
import type { Paint } from './paint.ts';
import type { Scene, Telling } from './picture.ts';
import { addedVip, requestsPerSecond, type Stage, vip } from './stage.ts';

/** A cell of the strip of time shows what became of the requests of this many microseconds. */
const cell = 500_000;
const cells = 70;

/** Two routers, the client and the last half minute. Before the stage is set there is only the story to show. */
export const sceneOfTheVip = (stage: Stage | undefined): Scene => ({
  heading: 'Holdfast: two routers, one virtual address',
  draw: (telling, paint, now) =>
    stage === undefined ? ['', ' setting up ...', ''] : stageLines(stage, telling, paint, now),
});

function stageLines(stage: Stage, telling: Telling, paint: Paint, now: number): readonly string[] {
  return [
    ...stage.network.routers.map((host) => ` ${routerLine(stage, host, paint, now)}`),
    '',
    ` ${clientLine(stage, telling, paint, now)}`,
    ` ${advertLine(stage, now)}`,
    ` ${timeStrip(stage, paint, now)}`,
  ];
}

function routerLine(stage: Stage, host: string, paint: Paint, now: number): string {
  const daemon = stage.daemon(host);
  const last = stage.adverts.from(host).at(-1);
  const silent = last === undefined || now - last.at > 1.5e6;
  const virtual = stage.addresses
    .addressesOf(host)
    .filter((address) => address === vip || address === addedVip);
  const state = !daemon.isRunning() ? 'dead' : virtual.includes(vip) ? 'MASTER' : 'backup';
  const tint = { dead: paint.red, MASTER: paint.green, backup: paint.plain }[state];
  return [
    paint.bold(host),
    tint(state.padEnd(7)),
    (virtual.length > 0 ? `holds ${virtual.join(', ')}` : '').padEnd(36),
    stage.web(host).isUp() ? 'web up  ' : paint.red('web DOWN'),
    silent ? paint.dim('sends no adverts') : `advertises priority ${last.priority}`,
  ].join('   ');
}

function clientLine(stage: Stage, telling: Telling, paint: Paint, now: number): string {
  const { probe } = stage;
  const last = probe.requests.at(-1);
  const answers = probe.answered(now - 1_100_000, now - 100_000).length;
  const lost = probe.lost(telling.stepBegan).length;
  const by =
    last === undefined ? 'nobody yet' : last.outcome === 'answered' ? last.detail : `nobody (${last.detail})`;
  const outage = probe.outage(telling.stepBegan);
  const harm = lost === 0 ? 'nothing lost' : paint.red(`${lost} lost, outage ${inMilliseconds(outage)}`);
  return `${paint.bold('client')}    ${answers} of ${requestsPerSecond} connections/s to ${vip} answered by ${by}; this step: ${harm}`;
}

function advertLine(stage: Stage, now: number): string {
  const last = stage.adverts.adverts.at(-1);
  if (last === undefined) return 'adverts   none seen yet';
  const ago = inSeconds(now - last.at);
  return `adverts   ${stage.adverts.adverts.length} seen, the last ${ago} ago: ${last.host} with priority ${last.priority}`;
}

/** The last 35 seconds of the client, half a second a character: who answered, or × where a request was lost. */
function timeStrip(stage: Stage, paint: Paint, now: number): string {
  const end = Math.floor(now / cell);
  const marks = new Map<number, string>();
  for (const request of stage.probe.requests) {
    const at = Math.floor(request.started / cell);
    if (at < end - cells) continue;
    if (request.outcome === 'lost') marks.set(at, '×');
    else if (marks.get(at) !== '×') marks.set(at, request.detail.slice(-1));
  }
  const strip = Array.from({ length: cells }, (_, i) => marks.get(end - cells + i) ?? ' ').join('');
  const tinted = strip.replace(/×+|1+|2+/g, (run) =>
    run.startsWith('×') ? paint.red(run) : run.startsWith('1') ? paint.green(run) : paint.blue(run),
  );
  return `answers   ${tinted} ${paint.dim('now')}`;
}
