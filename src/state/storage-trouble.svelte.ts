import type { TranscriptDocument } from '../core/transcript-document';
import type { SaveTrouble } from '../pipeline/save-trouble';

/** What this device does not keep, for the page to say. */
export class StorageTrouble {
  /** Why text is on this page only; null while all of it is on the device. */
  text = $state<SaveTrouble['why'] | null>(null);
  /** Why the sound of a recording was not kept, until that was read. */
  audio = $state<SaveTrouble['why'] | null>(null);

  /** The other version of a transcript that was edited in two places at once, until that was read. */
  copy = $state.raw<TranscriptDocument | null>(null);

  /** Takes what autosave tells; null says that all text is on the device again. */
  tell(trouble: SaveTrouble | null): void {
    if (trouble?.what === 'audio') this.audio = trouble.why;
    else this.text = trouble?.why ?? null;
  }

  /** What was said has been read. */
  dismiss(): void {
    this.copy = null;
    this.audio = null;
  }
}
