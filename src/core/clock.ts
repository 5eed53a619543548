/** 62.4 → "1:02", 3727 → "1:02:07". */
export function clock(sec: number): string {
  const whole = Math.max(0, Math.floor(sec));
  const pad = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = pad(whole % 60);
  return hours > 0 ? `${String(hours)}:${pad(minutes)}:${rest}` : `${String(minutes)}:${rest}`;
}
