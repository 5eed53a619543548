/** 62.4 → "1:02.40", 3727 → "1:02:07.00": what a person can change and `parseTime` reads. */
export function preciseClock(sec: number): string {
  const hundredths = Math.max(0, Math.round(sec * 100));
  const pad = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6000) % 60];
  const rest = `${pad(Math.floor(hundredths / 100) % 60)}.${pad(hundredths % 100)}`;
  return hours > 0 ? `${String(hours)}:${pad(minutes)}:${rest}` : `${String(minutes)}:${rest}`;
}

/** "1:02:07.5", "62,4" or "1:02" in seconds; NaN where it is no time. */
export function parseTime(text: string): number {
  const match = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return NaN;
  const [, hours = '0', minutes, seconds = '0'] = match;
  const sec = Number(seconds.replace(',', '.'));
  // 1:75 is a slip of the finger.
  if ((minutes !== undefined && sec >= 60) || (match[1] !== undefined && Number(minutes) >= 60))
    return NaN;
  return Number(hours) * 3600 + Number(minutes ?? 0) * 60 + sec;
}
