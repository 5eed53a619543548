import type { Messages } from '../../core/locale';

const en = {
  models: (size: string) => `Models take ${size}.`,
  noModels: 'No model has been downloaded yet.',
  unknown: 'This browser does not say how much it may keep.',
  used: (used: string, quota: string) =>
    `By this browser’s own count Sotto uses about ${used} of the ${quota} it may.`,
  label: 'Storage used',
  library: 'Transcripts and their audio',
  memory: 'This browser refuses storage here: models are gone once you close the tab.',
  notPersisted: 'The browser may delete models when the disk gets full.',
};

export const storage: Messages<typeof en> = {
  en,
  de: {
    models: (size) => `Modelle belegen ${size}.`,
    noModels: 'Noch ist kein Modell heruntergeladen.',
    unknown: 'Dieser Browser sagt nicht, wie viel er behalten darf.',
    used: (used, quota) =>
      `Nach der Zählung dieses Browsers belegt Sotto etwa ${used} von erlaubten ${quota}.`,
    label: 'Belegter Speicher',
    library: 'Transkripte und ihr Ton',
    memory:
      'Dieser Browser verweigert hier den Speicher: Modelle sind weg, sobald du den Tab schließt.',
    notPersisted: 'Der Browser darf Modelle löschen, wenn der Speicherplatz knapp wird.',
  },
};
