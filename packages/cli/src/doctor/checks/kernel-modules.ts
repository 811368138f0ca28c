import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** Virtual servers need the kernel's LVS, and their schedulers. */
export function kernelModules({ configuration, ipvs }: Facts): readonly Finding[] {
  const { virtualServers } = configuration.result.config;
  if (virtualServers.length === 0) return [];
  if (!ipvs.isLoaded) return [ipvs.isLoadable ? notLoaded : notThere];
  return ipvs.missingSchedulers.map((name) => ({
    code: 'scheduler-missing',
    severity: 'error',
    message: `the kernel has no scheduler ${name} (module ip_vs_${name}): virtual servers with it are not set up`,
    command: `modprobe ip_vs_${name}`,
    remedy: 'where the module is not found, install the whole kernel package, or write another lb_algo',
  }));
}

const notLoaded: Finding = {
  code: 'ip-vs-not-loaded',
  severity: 'warning',
  message: 'the kernel module ip_vs is not loaded; the daemon tries to, which it cannot in a container',
  command: 'modprobe ip_vs && echo ip_vs > /etc/modules-load.d/holdfast.conf',
};

const notThere: Finding = {
  code: 'ip-vs-missing',
  severity: 'error',
  message: 'this kernel has no ip_vs, loaded or loadable: virtual servers cannot be set up',
  command: 'modprobe ip_vs',
  remedy:
    'in a container run it on the host; a cloud or minimal kernel needs the whole kernel package (linux-image-amd64, kernel-modules)',
};
