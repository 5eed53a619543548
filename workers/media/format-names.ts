/** Names that people know, by mediabunny's codec names and by the containers' own identifiers. */
const CODEC_NAMES: Readonly<Record<string, string>> = {
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ulaw: 'µ-law',
  alaw: 'A-law',
  ac3: 'Dolby Digital (AC-3)',
  eac3: 'Dolby Digital Plus (E-AC-3)',
  dts: 'DTS',
  alac: 'Apple Lossless (ALAC)',
  A_ALAC: 'Apple Lossless (ALAC)',
  A_TRUEHD: 'Dolby TrueHD',
  'A_MPEG/L2': 'MPEG Layer II (MP2)',
  'A_MS/ACM': 'Windows audio (ACM)',
  samr: 'AMR',
  sawb: 'AMR wideband',
  'ac-4': 'Dolby AC-4',
  // WAVE format tags (mmreg.h) and MPEG-TS stream types (ISO 13818-1, table 2-34).
  2: 'ADPCM',
  3: 'MPEG Layer I or II (MP2)',
  4: 'MPEG Layer I or II (MP2)',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG Layer II (MP2)',
};

/** A codec as people call it; an identifier that nobody knows is quoted. */
export function codecName(id: string | number | Uint8Array | null): string {
  if (id === null) return 'an unknown codec';
  if (id instanceof Uint8Array) return codecName([...id].join('.'));
  const text = String(id);
  if (text.startsWith('pcm-')) return 'PCM';
  return CODEC_NAMES[text] ?? `the codec "${text}"`;
}

/** First bytes of containers that neither mediabunny nor browsers read. Letters stand for bytes. */
const FOREIGN: readonly (readonly [offset: number, bytes: string, name: string])[] = [
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'Windows Media (WMA, WMV)'],
  [8, 'AIFF', 'AIFF'],
  [8, 'AIFC', 'AIFF'],
  [8, 'AVI ', 'AVI'],
  [0, 'caff', 'Core Audio (CAF)'],
  [0, '#!AMR', 'AMR'],
  [0, 'FLV\x01', 'Flash video (FLV)'],
  [0, '.RMF', 'RealMedia'],
  [0, '.ra\xfd', 'RealAudio'],
  [0, 'MAC ', "Monkey's Audio (APE)"],
  [0, 'wvpk', 'WavPack'],
  [0, 'DSD ', 'DSD'],
  [0, 'MThd', 'MIDI'],
];

/** The name of a container that is media but cannot be read; null where the file is none of them. */
export async function foreignContainer(file: Blob): Promise<string | null> {
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const head = String.fromCharCode(...bytes);
  return FOREIGN.find(([offset, magic]) => head.startsWith(magic, offset))?.[2] ?? null;
}
