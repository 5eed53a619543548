import type { Messages } from '../../core/locale';

const en = {
  transcript: 'Transcript',
  /** @param end time */
  lost: (end: string) => `Speech until ${end} without any text. Listen to check.`,
  playback: 'Playback',
  back: 'Back 5 seconds',
  forward: 'Forward 5 seconds',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  speed: 'Speed',
  waveform: 'Waveform',
  of: (part: string, whole: string) => `${part} of ${whole}`,
};

export const reading: Messages<typeof en> = {
  en,
  de: {
    transcript: 'Transkript',
    lost: (end) => `Sprache bis ${end} ohne Text. Hör nach.`,
    playback: 'Wiedergabe',
    back: '5 Sekunden zurück',
    forward: '5 Sekunden vor',
    play: 'Abspielen',
    pause: 'Pause',
    position: 'Position',
    speed: 'Tempo',
    waveform: 'Wellenform',
    of: (part, whole) => `${part} von ${whole}`,
  },
};
