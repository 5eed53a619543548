/** What could not be kept: the text of transcripts, or the file of one, for lack of space or of permission. */
export interface SaveTrouble {
  readonly what: 'text' | 'audio';
  readonly why: 'full' | 'blocked';
}

/** Why the device did not take something. */
export function reasonOf(thrown: unknown): SaveTrouble['why'] {
  const isFull = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
  return isFull ? 'full' : 'blocked';
}
