import type { Machine } from './machine.ts';

/** Starts the daemon of a machine in the foreground, with its log in /var/log/messages, a JSON object a line. */
export async function startRouter(machine: Machine, configuration: string): Promise<void> {
  await machine.write('/etc/keepalived/keepalived.conf', configuration);
  await machine.must(`HOLDFAST_LOG_FORMAT=json setsid keepalived -n -l -D > /var/log/messages 2>&1 &
    within 15 grep -q 'Startup complete' /var/log/messages || { cat /var/log/messages; exit 1; }`);
}

/** Lets a machine answer HTTP requests with its name. @param port where it listens */
export async function startNginx(machine: Machine, port = 80): Promise<void> {
  const site = `server { listen ${port}; return 200 "${machine.name}\\n"; }\n`;
  await machine.write('/etc/nginx/conf.d/site.conf', site);
  await machine.must('nginx');
}
