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
  rest: 'Transcripts, audio and the app itself',
  notPersisted: 'The browser may delete all of it when the disk gets full.',
  persisted: 'The browser has promised to keep it until you delete it.',
  keep: 'Ask the browser to keep it',
  refused:
    'The browser did not promise it. Most agree once Sotto is installed as an app, or has been used for a while.',
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
    rest: 'Transkripte, Ton und die App selbst',
    notPersisted: 'Der Browser darf all das löschen, wenn die Platte voll wird.',
    persisted: 'Der Browser hat versprochen, es zu behalten, bis du es löschst.',
    keep: 'Den Browser bitten, es zu behalten',
    refused:
      'Der Browser hat es nicht versprochen. Die meisten tun es, wenn Sotto als App installiert ist oder eine Weile benutzt wurde.',
  },
};
