/** What can be undone and redone. The latest is last in `past` and first in `future`. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

/** Steps that are kept. Each shares all but what it changed with the next. */
export const MAX_STEPS = 500;

/** A history with nothing to undo. */
export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** Takes a step; what had been undone is gone. */
export function takeStep<T>(history: History<T>, present: T, limit = MAX_STEPS): History<T> {
  if (present === history.present) return history;
  return { past: [...history.past, history.present].slice(-limit), present, future: [] };
}

/** Goes back one step. @returns the same history where there is none */
export function undoStep<T>({ past, present, future }: History<T>): History<T> {
  if (past.length === 0) return { past, present, future };
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] };
}

/** Goes forward one undone step. @returns the same history where there is none */
export function redoStep<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (future.length === 0) return { past, present, future };
  return { past: [...past, present], present: next!, future: rest };
}
