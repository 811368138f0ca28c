import { toSeconds } from '@holdfast/kit';
import { globalBlock } from '../build/global.ts';
import { givenLast, isGiven, nodeOf, nodesOf, readValue } from '../build/read.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { rootRows } from '../keywords/root.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { vrrpScriptRows } from '../keywords/vrrp-script.ts';
import { instanceNodes, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** `state BACKUP` on all routers is often meant to prevent preemption, which only `nopreempt` does. */
export function backupStillPreempts({ context }: LintSubject): void {
  for (const node of instanceNodes(context)) {
    const state = nodeOf(node, rows.state);
    const likelyMaster = (readValue(node, rows.priority) ?? 100) >= 100;
    if (state === undefined || readValue(node, rows.state) !== 'BACKUP' || !likelyMaster) continue;
    if (givenLast(node, rows.nopreempt, rows.preempt)) continue;
    remark(context, state.statement, {
      code: 'backup-preempts',
      severity: 'note',
      message:
        'state BACKUP alone does not prevent preemption: with the higher priority this router takes over again',
      remedy: 'add nopreempt if a returning router is to leave the address where it is',
    });
  }
}

/** What strict mode forbids or drops, and whether the file has it. */
const droppedByStrictMode = [
  rows.authentication,
  rows.unicast_peer,
  rows.preempt_delay,
  rows.garp_lower_prio_repeat,
  rows.garp_lower_prio_delay,
  rows.higher_prio_send_advert,
] as const;

/** Strict mode comes with files that were copied; it costs more than people expect. */
export function strictModeSurprises({ context }: LintSubject): void {
  const strict = nodeOf(globalBlock(context.tree), globalRows.vrrp_strict);
  if (strict === undefined || !context.defaults.strict) return;
  const dropped = new Set<string>();
  for (const node of instanceNodes(context)) {
    for (const row of droppedByStrictMode) {
      const given = nodeOf(node, row);
      if (given !== undefined) dropped.add(given.statement.words[0].text);
    }
  }
  const names = dropped.size === 0 ? '' : `; of this file it drops ${[...dropped].join(', ')}`;
  remark(context, strict.statement, {
    code: 'strict-mode',
    severity: 'warning',
    message: `vrrp_strict makes keepalived drop what is sent to the virtual addresses, pings too${names}`,
    remedy: 'remove the line, or write accept in the instances that are to answer',
  });
}

/** One failed run out of many is an accident; with weight 0 it moves the address. */
export function impatientScripts({ context, config }: LintSubject): void {
  const nodes = nodesOf({ children: context.tree.nodes }, rootRows.vrrp_script);
  for (const script of config.vrrpScripts) {
    const node = nodes.find(({ statement }) => statement.words[1]?.text === script.name);
    if (node === undefined || script.fall > 1 || script.weight !== 0 || toSeconds(script.interval) < 1)
      continue;
    const place = isGiven(node, vrrpScriptRows.fall) ? nodeOf(node, vrrpScriptRows.fall) : node;
    remark(context, (place ?? node).statement, {
      code: 'impatient-script',
      severity: 'warning',
      message: `a single failed run of ${script.name} puts the instance into FAULT`,
      remedy:
        'add fall 2 or more, so that it takes several failures in a row; rise likewise for the way back',
    });
  }
}
