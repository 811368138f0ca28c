const tasks = new Set<() => void>();
let installed = false;

/**
 * Has `task` run once when this process ends, however it ends: normally, by an exception, by SIGINT, SIGTERM or
 * SIGHUP. The last one registered runs first. Tasks must be synchronous.
 * @returns a function that takes the task back
 */
export function onExit(task: () => void): () => void {
  if (!installed) install();
  tasks.add(task);
  return () => {
    tasks.delete(task);
  };
}

function install(): void {
  installed = true;
  process.on('exit', runTasks);
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => process.exit(status));
  }
}

function runTasks(): void {
  for (const task of [...tasks].reverse()) {
    tasks.delete(task);
    try {
      task();
    } catch (error) {
      process.stderr.write(`cleaning up: ${String(error)}\n`);
    }
  }
}
