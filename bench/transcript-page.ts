import { mount } from 'svelte';
import '../src/ui/tokens.css';
import '../src/ui/app.css';
import type { TranscriptDocument } from '../src/core/transcript-document';
import { demoModel } from '../src/pipeline/demo-model';
import { readAudio, readDocument, writeDocument } from '../src/store/transcripts';
import { Player } from '../src/state/player.svelte';
import TranscriptView from '../src/ui/editor/TranscriptView.svelte';

/* The screen of one transcript without the rest of the app: `#t/<id>` opens what is kept under that id. */

const id = location.hash.replace('#t/', '');
const kept = id ? await readDocument(id) : null;
if (kept) {
  const audio = await readAudio(id);
  performance.mark('open');
  const demo = { id: 'demo', name: 'Sotto demo', request: demoModel({ device: 'wasm' }) };
  const props = {
    document: kept,
    audio,
    player: audio && new Player(audio),
    models: [demo],
    onChange: (changed: TranscriptDocument) => void writeDocument(changed),
    onCreate: (made: TranscriptDocument) => void writeDocument(made),
  };
  mount(TranscriptView, { target: document.querySelector('main')!, props });
  performance.measure('mount', 'open');
  requestAnimationFrame(() => setTimeout(() => performance.measure('shown', 'open')));
}
