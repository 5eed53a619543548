import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPcm16, writePcm16, writeWaveHeader } from '../../src/core/wave';

/** A mono 16 kHz file written by ffmpeg; its chunks are "fmt ", "LIST" and "data". */
const FFMPEG_FILE = readFileSync(new URL('../fixtures/media/pcm_s16.wav', import.meta.url));

/** A chunk of a RIFF file by its name, without its own header. */
function chunk(file: Buffer, name: string): Buffer {
  for (let at = 12; at < file.length;) {
    const size = file.readUInt32LE(at + 4);
    const start = at + 8;
    if (file.toString('latin1', at, at + 4) === name) return file.subarray(start, start + size);
    at = start + size + (size % 2);
  }
  throw new Error(`no chunk ${name}`);
}

function header(channels: number, frames: number): Buffer {
  return Buffer.from(writeWaveHeader({ channels, sampleRateHz: 16_000, frames }));
}

test('the header says what the one that ffmpeg writes for the same sound says', () => {
  const pcm = chunk(FFMPEG_FILE, 'data');
  const ours = Buffer.concat([header(1, pcm.length / 2), pcm]);
  expect(ours.readUInt32LE(4)).toBe(ours.length - 8);
  expect(chunk(ours, 'fmt ')).toEqual(chunk(FFMPEG_FILE, 'fmt '));
  expect(chunk(ours, 'data')).toEqual(pcm);
});

test('two channels have frames of four bytes', () => {
  const format = chunk(Buffer.concat([header(2, 3), Buffer.alloc(12)]), 'fmt ');
  expect(format.readUInt16LE(2)).toBe(2);
  expect(format.readUInt32LE(8)).toBe(64_000);
  expect(format.readUInt16LE(12)).toBe(4);
});

test('sound longer than the size field can tell gets the largest size, not a wrapped one', () => {
  const frames = 2 ** 31;
  expect(header(2, frames).readUInt32LE(40)).toBe(0xffff_ffff);
  expect(header(2, frames).readUInt32LE(4)).toBe(0xffff_ffff);
});

test('every 16-bit value comes back as it was', () => {
  const every = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
  const samples = readPcm16(every.buffer, 0, 1);
  expect(samples[0]).toBe(-1);
  expect(new Int16Array(writePcm16([samples]).buffer)).toEqual(every);
});

test('channels are interleaved and come apart again', () => {
  const [me, them] = [Float32Array.of(0.5, -0.5, 0), Float32Array.of(0.25, 0, -1)];
  const pcm = writePcm16([me, them]);
  expect([...new Int16Array(pcm.buffer)]).toEqual([16_384, 8192, -16_384, 0, 0, -32_768]);
  expect(readPcm16(pcm.buffer, 0, 2)).toEqual(me);
  expect(readPcm16(pcm.buffer, 1, 2)).toEqual(them);
});

test('too loud is clipped, not wrapped', () => {
  const pcm = writePcm16([Float32Array.of(1, 1.5, -1.5)]);
  expect([...new Int16Array(pcm.buffer)]).toEqual([32_767, 32_767, -32_768]);
});
