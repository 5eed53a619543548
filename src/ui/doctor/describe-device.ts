import type { GpuAdapter, GpuReport } from '../../core/device-report';
import { assertNever } from '../../core/errors';
import type { Locale } from '../../core/locale';
import type { Activity, Verdict } from '../../state/doctor.svelte';
import { dayText, secondsText, shareText, speedText } from './format-speed';
import { doctor } from '../messages/doctor';

/** What the graphics processor is good for, in a sentence. */
export function describeGpu(gpu: GpuReport, locale: Locale): string {
  const m = doctor[locale];
  switch (gpu.kind) {
    case 'absent':
      return m.gpuAbsent;
    case 'no-adapter':
      return m.gpuNone;
    case 'broken':
      return m.gpuBroken(adapterName(gpu.adapter, locale), gpu.problem);
    case 'works': {
      const name = adapterName(gpu.adapter, locale);
      return gpu.adapter.isSoftware ? m.gpuSoftware(name) : m.gpuWorks(name);
    }
    default:
      return assertNever(gpu);
  }
}

/** What was found out, in few words. */
export function describeFinding({ finding, wordErrorRate }: Verdict, locale: Locale): string {
  const m = doctor[locale];
  switch (finding) {
    case 'correct':
      return m.correct;
    case 'slow':
      return m.slow;
    case 'wrong':
      return m.wrong(shareText(Math.min(1, wordErrorRate ?? 1), locale));
    case 'failed':
      return m.failed;
    default:
      return assertNever(finding);
  }
}

/** "12× real time · loads in 0.4 s · 21 Nov 2026". */
export function describeMeasures({ speed, loadSec, atMs }: Verdict, locale: Locale): string {
  const m = doctor[locale];
  return [
    ...(speed === null ? [] : [m.realTime(speedText(speed, locale))]),
    ...(loadSec === null ? [] : [m.loads(secondsText(loadSec, locale))]),
    dayText(atMs, locale),
  ].join(' · ');
}

/** What goes on. @param activity one that is not idle */
export function describeActivity({ kind }: Activity, locale: Locale): string {
  const m = doctor[locale];
  switch (kind) {
    case 'waiting':
      return m.waiting;
    case 'loading':
      return m.loading;
    case 'listening':
      return m.listening;
    case 'idle':
      return m.idle;
    default:
      return assertNever(kind);
  }
}

function adapterName({ vendor, architecture, description }: GpuAdapter, locale: Locale): string {
  const words = [vendor, architecture].filter(Boolean).map(capitalised).join(' ');
  return description || words || doctor[locale].unknownName;
}

/** Browsers give names in lower case, joined by hyphens: "google", "gen-12lp". */
function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
