import type { Messages } from '../../core/locale';

const en = {
  aboutApp: 'About this app',
  newVersion: 'A new version is ready.',
  updatedElsewhere: 'Sotto was updated in another tab.',
  partMissing: 'A part of Sotto could not be loaded. Load the page again.',
  /** While something is at work, which a reload would end. */
  partMissingAtWork:
    'A part of Sotto could not be loaded. Load the page again when the work here is done.',
  reload: 'Reload',
  later: 'Later',
  install: 'Install Sotto',
  aboutInstall: 'as an app of its own that also opens without a network.',
  oneThread: 'Sotto runs on one processor core here: this page is not isolated from others.',
  oneThreadReload: 'Load the page again to use all cores.',
  notify: 'Notify me when done',
  notifying: 'You will be notified',
  notifyRefused:
    'The browser does not allow notifications for this page. Its settings can change that.',
  doneTitle: 'Your transcript is ready',
  failedTitle: 'A recording could not be transcribed',
};

export const pwa: Messages<typeof en> = {
  en,
  de: {
    aboutApp: 'Über diese App',
    newVersion: 'Eine neue Version ist bereit.',
    updatedElsewhere: 'Sotto wurde in einem anderen Tab aktualisiert.',
    partMissing: 'Ein Teil von Sotto ließ sich nicht laden. Lade die Seite neu.',
    partMissingAtWork:
      'Ein Teil von Sotto ließ sich nicht laden. Lade die Seite neu, wenn die Arbeit hier fertig ist.',
    reload: 'Neu laden',
    later: 'Später',
    install: 'Sotto installieren',
    aboutInstall: 'als eigene App, die auch ohne Netz startet.',
    oneThread:
      'Sotto läuft hier auf nur einem Prozessorkern: Diese Seite ist nicht von anderen abgeschirmt.',
    oneThreadReload: 'Lade die Seite neu, um alle Kerne zu nutzen.',
    notify: 'Benachrichtigen, wenn fertig',
    notifying: 'Du wirst benachrichtigt',
    notifyRefused:
      'Der Browser erlaubt dieser Seite keine Benachrichtigungen. Du kannst das in seinen Einstellungen ändern.',
    doneTitle: 'Dein Transkript ist fertig',
    failedTitle: 'Eine Aufnahme ließ sich nicht transkribieren',
  },
};
