/** A RIFF/WAVE file of 16-bit PCM. All channels have the same length. */
export function wavFile(channels: readonly Int16Array[], rateHz: number): File {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = 2 * channels.length;
  const view = new DataView(new ArrayBuffer(44 + frames * frameBytes));
  const tag = (at: number, name: string): void =>
    [...name].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  tag(0, 'RIFF');
  view.setUint32(4, 36 + frames * frameBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, rateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, frames * frameBytes, true);
  channels.forEach((samples, c) =>
    samples.forEach((sample, i) => view.setInt16(44 + i * frameBytes + 2 * c, sample, true)),
  );
  return new File([view.buffer], 'made.wav', { type: 'audio/wav' });
}
