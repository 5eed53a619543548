import { mount } from 'svelte';
import '../src/ui/tokens.css';
import '../src/ui/app.css';
import { readAudio, readDocument, writeDocument } from '../src/store/transcripts';
import TranscriptView from '../src/ui/TranscriptView.svelte';

/* The screen of one transcript without the rest of the app: `#t/<id>` opens what is kept under that id. */

const id = location.hash.replace('#t/', '');
const kept = id ? await readDocument(id) : null;
if (kept) {
  const audio = await readAudio(id);
  performance.mark('open');
  const props = {
    document: kept,
    audio,
    onChange: (changed: typeof kept) => void writeDocument(changed),
  };
  mount(TranscriptView, { target: document.querySelector('main')!, props });
  performance.measure('mount', 'open');
  requestAnimationFrame(() => setTimeout(() => performance.measure('shown', 'open')));
}
