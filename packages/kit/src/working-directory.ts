/** The folder that relative names start from; the root where it has been removed under the process (getcwd(3) ENOENT). */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}
