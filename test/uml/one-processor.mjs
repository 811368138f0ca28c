import { readdirSync, readFileSync } from 'node:fs';
import { findProgram } from '../../scripts/lib/programs.mjs';

/** A guest is a process of this name, and a child of it with the same name for each of its programs. */
const guestName = 'linux.uml';

let started = 0;

/**
 * A command line that keeps what it starts, and all of its processes, on one of the processors that are allowed here.
 *
 * In user-mode Linux each system call of the guest is a change between two processes that wait for each other. Spread
 * over two processors a call took 53 us, on one 12.5 us: the guest's programs run three to four times as fast.
 * The processor with the fewest guests is taken. Those that are just being started cannot be counted yet: so that
 * they spread all the same, the number of the process and of its guests says which of several equal ones it is.
 *
 * @param {readonly string[]} command program and arguments; taskset(1) becomes it, so its process id is the child's
 * @returns {string[]} the command itself where taskset(1) is missing
 */
export function onOneProcessor(command) {
  const taskset = findProgram('taskset');
  const allowed = statusOf('self').processors;
  const processor = fewestGuests(allowed, processorsOfGuests(), process.pid + started++);
  return taskset === undefined || processor === undefined
    ? [...command]
    : [taskset, '--cpu-list', String(processor), ...command];
}

/**
 * @param {string} list as the kernel writes it (proc_pid_status(5), `Cpus_allowed_list`): 0-3,8
 * @returns {number[]}
 */
export function processorsIn(list) {
  return list
    .split(',')
    .filter((part) => /^\d+(-\d+)?$/.test(part))
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}

/**
 * @param {readonly number[]} allowed
 * @param {readonly number[]} taken the processor of each guest that has one
 * @param {number} turn says which of several equal ones
 * @returns {number | undefined} undefined where none is allowed
 */
export function fewestGuests(allowed, taken, turn) {
  const guestsOn = (processor) => taken.filter((other) => other === processor).length;
  const fewest = Math.min(...allowed.map(guestsOn));
  const equal = allowed.filter((processor) => guestsOn(processor) === fewest);
  return equal[turn % equal.length];
}

/** A guest that was started otherwise may run anywhere, and takes none. */
function processorsOfGuests() {
  const running = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statusOf)
    .filter(({ name }) => name === guestName);
  const pids = new Set(running.map(({ pid }) => pid));
  return running
    .filter(({ parent, processors }) => !pids.has(parent) && processors.length === 1)
    .flatMap(({ processors }) => processors);
}

/** @param {string} process a process id, or `self`; proc_pid_status(5) */
function statusOf(process) {
  const text = readStatus(process);
  const value = (key) => new RegExp(`^${key}:\\s*(\\S+)$`, 'm').exec(text)?.[1] ?? '';
  return {
    name: value('Name'),
    pid: value('Pid'),
    parent: value('PPid'),
    processors: processorsIn(value('Cpus_allowed_list')),
  };
}

/** Empty for a process that has ended meanwhile. */
function readStatus(process) {
  try {
    return readFileSync(`/proc/${process}/status`, 'utf8');
  } catch {
    return '';
  }
}
