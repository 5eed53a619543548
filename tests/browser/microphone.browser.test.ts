import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Capture, CaptureEvent } from '../../src/audio/capture';
import { listMicrophones, openMicrophone, openTabAudio } from '../../src/audio/microphone';

/** What a caller sees of a capture, and a way to wait for it. */
class Log {
  readonly events: CaptureEvent[] = [];
  #arrived = (): void => undefined;

  readonly add = (event: CaptureEvent): void => {
    this.events.push(event);
    this.#arrived();
  };

  async until(done: (log: this) => boolean): Promise<void> {
    while (!done(this)) await new Promise<void>((resolve) => (this.#arrived = resolve));
  }

  blocks(): Extract<CaptureEvent, { kind: 'block' }>[] {
    return this.events.filter((event) => event.kind === 'block');
  }

  samples(channel: number): Float32Array {
    return Float32Array.from(this.blocks().flatMap(({ samples }) => [...(samples[channel] ?? [])]));
  }

  seconds(): number {
    return this.blocks().reduce((sum, { samples }) => sum + (samples[0]?.length ?? 0), 0) / 16_000;
  }
}

const forever = new AbortController().signal;

afterEach(() => vi.restoreAllMocks());

/** A live stream of one tone, as a device or a tab would give it. */
function toneStream(hz: number): MediaStream {
  const context = new AudioContext();
  onTestFinished(() => context.close());
  const oscillator = new OscillatorNode(context, { frequency: hz });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  oscillator.connect(destination);
  oscillator.start();
  return destination.stream;
}

function pictureStream(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  return canvas.captureStream();
}

function onlyTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (!track) throw new Error('the stream has no track');
  return track;
}

function giveMicrophone(stream: MediaStream): void {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
}

function giveTab(stream: MediaStream): void {
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockResolvedValue(stream);
}

/**
 * Of a channel's own tone over the other's, were they mixed 1. On a busy machine live sound has gaps, which smear
 * a tone; tests/browser/capture-worklet.browser.test.ts compares sample by sample.
 */
const MUCH_LOUDER = 5;

/** Amplitude of the tone at `hz` in the last half second. Source: Goertzel, as a plain Fourier sum. */
function amplitude(samples: Float32Array, hz: number): number {
  const part = samples.slice(-8000);
  let [re, im] = [0, 0];
  part.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * hz * i) / 16_000);
    im += sample * Math.sin((2 * Math.PI * hz * i) / 16_000);
  });
  return (2 * Math.hypot(re, im)) / part.length;
}

async function ended(capture: Capture): Promise<void> {
  await expect(capture.ended).resolves.toBeUndefined();
}

test('the microphone is heard in blocks of 100 ms with their level, until it is stopped', async () => {
  const log = new Log();
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const capture = await openMicrophone(forever, {}, log.add);
  expect(capture.channels).toEqual(['me']);
  // Chromium's fake microphone beeps once a second.
  await log.until(() => log.blocks().some(({ levels }) => (levels[0]?.peak ?? 0) > 0.05));
  await log.until(() => log.seconds() >= 1);
  await capture.stop();
  const sizes = log.blocks().map(({ samples }) => samples[0]?.length ?? 0);
  expect(sizes.slice(0, -1).every((size) => size === 1600)).toBe(true);
  expect(sizes.at(-1)).toBeGreaterThan(0);
  const count = log.events.length;
  const stream = (await asked.mock.results[0]?.value) as MediaStream;
  expect(onlyTrack(stream).readyState).toBe('ended');
  expect(log.events).toHaveLength(count);
});

test('the chosen device and treatment are asked for', async () => {
  const [first] = await listMicrophones();
  expect(first?.label).toContain('Fake');
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const options = { deviceId: first?.id ?? '', noiseSuppression: false };
  const capture = await openMicrophone(forever, options, () => undefined);
  const track = onlyTrack((await asked.mock.results[0]?.value) as MediaStream);
  expect(track.getSettings()).toMatchObject({ deviceId: first?.id, noiseSuppression: false });
  expect(asked.mock.calls[0]?.[0]?.audio).toMatchObject({
    echoCancellation: true,
    autoGainControl: true,
  });
  await capture.stop();
});

test('a pause keeps what came before it, and recording goes on after it', async () => {
  const log = new Log();
  giveMicrophone(toneStream(500));
  const clock = new AudioContext();
  onTestFinished(() => clock.close());
  const capture = await openMicrophone(forever, {}, log.add);
  await log.until(() => log.seconds() >= 0.5);
  await capture.pause();
  const beforeSec = log.seconds();
  const { currentTime } = clock;
  while (clock.currentTime < currentTime + 0.5) await new Promise(requestAnimationFrame);
  expect(log.seconds()).toBe(beforeSec);
  capture.resume();
  await log.until(() => log.seconds() >= beforeSec + 0.5);
  await capture.stop();
});

test.each([
  ['NotAllowedError', 'microphone-refused', /does not let Sotto use the microphone/],
  ['SecurityError', 'microphone-refused', /Allow it in the browser's settings/],
  ['NotFoundError', 'microphone-missing', /No microphone was found/],
  ['NotReadableError', 'microphone-busy', /another app may be holding it/],
  ['OverconstrainedError', 'microphone-gone', /no longer connected/],
  ['InvalidStateError', 'capture-failed', /could not be started/],
])('%s says what happened: %s', async (name, code, message) => {
  const thrown = new DOMException('the browser’s words', name);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(thrown);
  const opening = openMicrophone(forever, {}, () => undefined);
  await expect(opening).rejects.toMatchObject({
    name: 'SottoError',
    code,
    message: expect.stringMatching(message) as string,
    details: expect.stringContaining('the browser’s words') as string,
  });
});

test('a device that is not there any more is said to be gone', async () => {
  const opening = openMicrophone(forever, { deviceId: 'unplugged' }, () => undefined);
  await expect(opening).rejects.toMatchObject({ code: 'microphone-gone' });
});

test('a microphone pulled out says so, and everything heard until then comes', async () => {
  const log = new Log();
  const stream = toneStream(700);
  giveMicrophone(stream);
  const capture = await openMicrophone(forever, {}, log.add);
  await log.until(() => log.seconds() >= 0.3);
  onlyTrack(stream).stop();
  onlyTrack(stream).dispatchEvent(new Event('ended'));
  await ended(capture);
  expect(log.events).toContainEqual(
    expect.objectContaining({
      kind: 'lost',
      channel: 'me',
      error: expect.objectContaining({ code: 'microphone-lost' }) as object,
    }),
  );
  expect(log.events.at(-1)?.kind).toBe('block');
});

test('a microphone that the system silences says so, and again when it is heard', async () => {
  const log = new Log();
  const stream = toneStream(700);
  giveMicrophone(stream);
  const capture = await openMicrophone(forever, {}, log.add);
  onlyTrack(stream).dispatchEvent(new Event('mute'));
  onlyTrack(stream).dispatchEvent(new Event('unmute'));
  expect(log.events.filter(({ kind }) => kind === 'muted')).toEqual([
    { kind: 'muted', channel: 'me', muted: true },
    { kind: 'muted', channel: 'me', muted: false },
  ]);
  await capture.stop();
});

test('a tab beside the microphone: two channels, each with its own sound only', async () => {
  const log = new Log();
  const picture = onlyTrack(pictureStream());
  giveMicrophone(toneStream(440));
  giveTab(new MediaStream([...toneStream(1300).getTracks(), picture]));
  const capture = await openTabAudio(forever, { microphone: {} }, log.add);
  expect(capture.channels).toEqual(['me', 'them']);
  await log.until(() => log.seconds() >= 1);
  await capture.stop();
  const [me, them] = [log.samples(0), log.samples(1)];
  expect(me.length).toBe(them.length);
  expect(amplitude(me, 440)).toBeGreaterThan(MUCH_LOUDER * amplitude(me, 1300));
  expect(amplitude(them, 1300)).toBeGreaterThan(MUCH_LOUDER * amplitude(them, 440));
  expect(picture.readyState).toBe('ended');
});

test('what Chromium itself shares is heard, its picture is let go', async () => {
  const log = new Log();
  const asked = vi.spyOn(navigator.mediaDevices, 'getDisplayMedia');
  await userEvent.click(document.body); // the browser asks only after one
  const capture = await openTabAudio(forever, {}, log.add);
  expect(capture.channels).toEqual(['them']);
  await log.until(() => log.blocks().some(({ levels }) => (levels[0]?.peak ?? 0) > 0.05));
  await capture.stop();
  const stream = (await asked.mock.results[0]?.value) as MediaStream;
  expect(stream.getVideoTracks()).toEqual([]);
  expect(onlyTrack(stream).readyState).toBe('ended');
});

test('when sharing ends, the microphone goes on', async () => {
  const log = new Log();
  const tab = toneStream(1300);
  giveMicrophone(toneStream(440));
  giveTab(tab);
  const capture = await openTabAudio(forever, { microphone: {} }, log.add);
  await log.until(() => log.seconds() >= 0.2);
  onlyTrack(tab).stop();
  onlyTrack(tab).dispatchEvent(new Event('ended'));
  const lostSec = log.seconds();
  await log.until(() => log.seconds() >= lostSec + 1);
  await capture.stop();
  expect(log.events).toContainEqual(
    expect.objectContaining({
      channel: 'them',
      error: expect.objectContaining({ code: 'tab-lost' }) as object,
    }),
  );
  const [me, them] = [log.samples(0), log.samples(1)];
  expect(amplitude(me, 440)).toBeGreaterThan(0.1);
  expect(amplitude(them, 1300)).toBeLessThan(0.01);
});

test('a tab shared without its sound says how to share it', async () => {
  const picture = pictureStream();
  giveTab(picture);
  await expect(openTabAudio(forever, {}, () => undefined)).rejects.toMatchObject({
    code: 'tab-silent',
    message: expect.stringContaining('Also share') as string,
  });
  expect(picture.getTracks()).toEqual([]);
});

test('a dialog closed without sharing is told apart from a refused microphone', async () => {
  const refused = new DOMException('no', 'NotAllowedError');
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockRejectedValue(refused);
  await expect(openTabAudio(forever, {}, () => undefined)).rejects.toMatchObject({
    code: 'tab-refused',
  });
});

test('a microphone refused after the tab was shared lets go of the tab', async () => {
  const tab = toneStream(900);
  giveTab(tab);
  const refused = new DOMException('no', 'NotAllowedError');
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(refused);
  const opening = openTabAudio(forever, { microphone: {} }, () => undefined);
  await expect(opening).rejects.toMatchObject({ code: 'microphone-refused' });
  expect(onlyTrack(tab).readyState).toBe('ended');
});

test('a person who answers after the abort gives nothing away', async () => {
  const abort = new AbortController();
  const stream = toneStream(900);
  const answer = Promise.withResolvers<MediaStream>();
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(answer.promise);
  const opening = openMicrophone(abort.signal, {}, () => undefined);
  abort.abort();
  await expect(opening).rejects.toBe(abort.signal.reason);
  answer.resolve(stream);
  await answer.promise;
  expect(onlyTrack(stream).readyState).toBe('ended');
});

test('aborting a recording lets go of the microphone at once and says nothing more', async () => {
  const abort = new AbortController();
  const log = new Log();
  const stream = toneStream(900);
  giveMicrophone(stream);
  const capture = await openMicrophone(abort.signal, {}, log.add);
  await log.until(() => log.seconds() >= 0.2);
  abort.abort();
  const count = log.events.length;
  expect(onlyTrack(stream).readyState).toBe('ended');
  await ended(capture);
  await capture.stop();
  expect(log.events).toHaveLength(count);
});
