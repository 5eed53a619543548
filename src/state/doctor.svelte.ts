import { SvelteMap } from 'svelte/reactivity';
import type { LoadRequest } from '../core/asr-api';
import { planChecks, type PlannedCheck } from '../core/check-plan';
import { checkFor } from '../core/check-recordings';
import { toSottoError, type SottoError } from '../core/errors';
import { parsePrecision } from '../core/precisions';
import { combinationKey, placeOf, type Verdict } from '../core/verdict';
import { checkCombination, type CheckEvent } from '../pipeline/check-combination';
import { freeEngine } from '../pipeline/shared-client';
import { atWork } from './at-work.svelte';
import type { Models } from './models.svelte';

export type { PlannedCheck, Verdict };

/** What goes on in a row. */
export type Activity = CheckEvent | { readonly kind: 'waiting' } | { readonly kind: 'idle' };

const IDLE: Activity = { kind: 'idle' };

/** Checks every way to run every model that is here against a recording whose words are known. */
export class Doctor {
  /** Why nothing could be checked. */
  problem = $state.raw<SottoError | null>(null);
  /** null while nothing is checked. */
  #run = $state.raw<AbortController | null>(null);
  /** What the run under way has to do and has done. */
  progress = $state.raw({ done: 0, all: 0 });
  readonly #activities = new SvelteMap<string, Activity>();
  readonly #models: Models;
  readonly checks = $derived.by((): readonly PlannedCheck[] => {
    const { device, stored, demoName } = this.#models;
    return device.machine ? planChecks(demoName, stored, device.machine) : [];
  });
  constructor(models: Models) {
    this.#models = models;
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  activity(check: PlannedCheck): Activity {
    return this.#activities.get(combinationKey(check)) ?? IDLE;
  }

  /** What was found out last; null where it was never checked here. */
  verdict(check: PlannedCheck): Verdict | null {
    const key = combinationKey(check);
    return this.#models.device.verdicts.find((verdict) => combinationKey(verdict) === key) ?? null;
  }

  /** Checks all but those that take minutes. */
  async runAll(): Promise<void> {
    await this.run(this.checks.filter(({ isSlow }) => !isSlow));
  }

  /** Checks some, one after another. Nothing happens while others are checked. */
  async run(checks: readonly PlannedCheck[]): Promise<void> {
    if (this.#run || checks.length === 0) return;
    const run = new AbortController();
    this.#run = run;
    this.problem = null;
    this.progress = { done: 0, all: checks.length };
    for (const check of checks) this.#activities.set(combinationKey(check), { kind: 'waiting' });
    // Two models at once may not fit; the page's own is loaded again when it is needed.
    freeEngine();
    try {
      await atWork.during(async () => {
        for (const [done, check] of checks.entries()) {
          this.progress = { done, all: checks.length };
          await this.#check(run.signal, check);
        }
      });
    } catch (thrown) {
      if (!run.signal.aborted) this.problem = toSottoError(thrown);
    } finally {
      this.#activities.clear();
      this.#run = null;
    }
  }

  /** Ends the run at once. What was found out is kept. */
  stop(): void {
    this.#run?.abort();
  }

  async #check(signal: AbortSignal, check: PlannedCheck): Promise<void> {
    const { device } = this.#models;
    const key = combinationKey(check);
    const result = await checkCombination(
      signal,
      this.#request(check),
      checkFor(check.stored),
      (event) => this.#activities.set(key, event),
    );
    const { machine } = device;
    if (!machine) return;
    const { model, device: on, precision } = check;
    const place = placeOf(machine, on);
    device.learn({ model, device: on, precision, ...place, ...result, atMs: Date.now() });
    this.#activities.delete(key);
  }

  #request({ stored, device, precision }: PlannedCheck): LoadRequest {
    const request = this.#models.requestFor(stored);
    return { ...request, device, precision: parsePrecision(precision) };
  }
}
