/** How long ago, in the two largest units that say something: `3 h 12 min`, `0.4 s`. @param now milliseconds since 1970 */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit));
  if (seconds < 3600) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 86_400) return `${hours} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${days} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}

/** The time of day where the reader is, with the day where that is another one. @param now milliseconds since 1970 */
export function clockTime(moment: string, now: number): string {
  const at = new Date(moment);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const sameDay = at.toDateString() === new Date(now).toDateString();
  return sameDay ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
