import type { Messages } from '../../core/locale';

const en = {
  playback: 'Playback',
  back: 'Back 5 seconds',
  forward: 'Forward 5 seconds',
  play: 'Play',
  pause: 'Pause',
  previous: 'Previous segment',
  next: 'Next segment',
  loop: 'Loop this segment',
  speed: 'Speed',
  waveform: 'Waveform',
  position: (at: string, length: string) => `${at} of ${length}`,
};

export const playback: Messages<typeof en> = {
  en,
  de: {
    playback: 'Wiedergabe',
    back: '5 Sekunden zurück',
    forward: '5 Sekunden vor',
    play: 'Abspielen',
    pause: 'Pause',
    previous: 'Vorheriger Abschnitt',
    next: 'Nächster Abschnitt',
    loop: 'Diesen Abschnitt wiederholen',
    speed: 'Tempo',
    waveform: 'Wellenform',
    position: (at, length) => `${at} von ${length}`,
  },
};
