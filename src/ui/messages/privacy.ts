import type { Messages } from '../../core/locale';
import type { Outcome } from '../../core/network-report';
import type { Purpose } from '../../core/request-purpose';

const purposes: Record<Purpose, string> = {
  app: 'The app itself',
  engine: 'Speech engine',
  'demo-model': 'Demo model',
  sample: 'Sample recording',
  model: 'Model download',
  link: 'Pasted link',
  unexpected: 'Unexpected',
};
const outcomes: Record<Outcome, string> = {
  sent: 'Sent',
  answered: 'Answered',
  failed: 'No answer',
  locked: 'Refused by the offline lock',
};

const en = {
  title: 'Privacy',
  close: 'Close privacy',
  promise: 'Your audio and your transcripts are never sent anywhere.',
  proof:
    'The browser itself enforces that: this page may connect to the server it came from and to nothing else. Only the workers for model downloads and for pasted links reach other hosts, and they are given no audio and no text.',
  footer: 'Nothing you say leaves this device.',
  footerLocked: 'The offline lock is on: nothing is fetched.',
  footerOpen: 'Every request',
  settingsLead: 'See every request that Sotto has made, or refuse all of them.',
  openLedger: 'Show every request',
  lock: 'Offline lock',
  lockOn:
    'On. Nothing is fetched from the network; model downloads and links fail until you switch it off.',
  lockOff: 'Refuse all network. Sotto then works with what is on this device.',
  lockAfterReload:
    'Reload the page to use the offline lock: this page was loaded past the service worker that keeps it.',
  lockStaysOn:
    'The lock is on, but this page was loaded past the service worker that keeps it. Reload the page.',
  lockNone:
    'The offline lock needs a service worker, and this browser offers none here: that takes HTTPS, storage, and no private window.',
  reload: 'Reload',
  requests: 'Requests',
  /** @param host of the app */
  onlyApp: (host: string) =>
    `Sotto has asked ${host} for its own files, and nobody else for anything.`,
  /** @param hosts others than the app's own */
  alsoOthers: (hosts: readonly string[], host: string) =>
    `Sotto has asked ${host} for its own files, and ${hosts.length === 1 ? hosts[0]! : `${String(hosts.length)} other hosts`} for what you chose to fetch.`,
  sentNothing: 'It has sent addresses only: no request had any content.',
  /** @param size "1.2 MB" */
  sentSomething: (size: string) => `${size} went along with requests.`,
  none: 'No request is recorded.',
  unknownSize: 'size not told',
  /** @param count how often, size how much came */
  total: (count: number, size: string) =>
    `${String(count)} ${count === 1 ? 'request' : 'requests'} · ${size} received`,
  hosts: 'By host',
  list: 'One by one',
  /** @param count that are not shown yet */
  showMore: (count: number) => `Show ${String(count)} more`,
  /** @param host that the first one led on to */
  ledTo: (host: string) => `answered by ${host}`,
  saveJson: 'Save as JSON',
  saveCsv: 'Save as CSV',
  clear: 'Clear',
  cleared: 'The list was cleared.',
  undo: 'Undo',
  limits: 'What this list cannot see',
  limitsText: [
    'The browser’s own requests: its updates, its check for a new service worker, name lookups, extensions.',
    'Requests from before Sotto was loaded for the first time, and from browsers that refuse storage.',
    'Answers from this device: they send nothing, and are not listed.',
    'Sizes that a host keeps to itself.',
  ],
  kept: 'The list stays on this device: the last 1,000 requests, and the sums of all.',
  purposes,
  outcomes,
};

export const privacy: Messages<typeof en> = {
  en,
  de: {
    title: 'Privatsphäre',
    close: 'Privatsphäre schließen',
    promise: 'Deine Aufnahmen und deine Texte werden nie irgendwohin gesendet.',
    proof:
      'Dafür sorgt der Browser selbst: Diese Seite darf sich nur mit dem Server verbinden, von dem sie kommt. Nur die Worker für Modelle und für eingefügte Links erreichen andere Server, und sie bekommen weder Ton noch Text.',
    footer: 'Was du sagst, verlässt dieses Gerät nicht.',
    footerLocked: 'Die Offline-Sperre ist an: Nichts wird geladen.',
    footerOpen: 'Alle Anfragen',
    settingsLead: 'Sieh dir jede Anfrage an, die Sotto gemacht hat, oder verbiete alle.',
    openLedger: 'Alle Anfragen zeigen',
    lock: 'Offline-Sperre',
    lockOn:
      'An. Nichts wird aus dem Netz geladen; Modelle und Links lassen sich erst wieder laden, wenn du sie ausschaltest.',
    lockOff: 'Verbietet jeden Netzzugriff. Sotto arbeitet dann mit dem, was auf diesem Gerät ist.',
    lockAfterReload:
      'Lade die Seite neu, um die Offline-Sperre zu nutzen: Sie kam am Service Worker vorbei, der dafür sorgt.',
    lockStaysOn:
      'Die Sperre ist an, aber diese Seite kam am Service Worker vorbei, der dafür sorgt. Lade sie neu.',
    lockNone:
      'Die Offline-Sperre braucht einen Service Worker, und den gibt es in diesem Browser hier nicht: Dazu braucht es HTTPS, Speicher und kein privates Fenster.',
    reload: 'Neu laden',
    requests: 'Anfragen',
    onlyApp: (host) =>
      `Sotto hat bei ${host} seine eigenen Dateien abgerufen und sonst nirgends etwas.`,
    alsoOthers: (hosts, host) =>
      `Sotto hat bei ${host} seine eigenen Dateien abgerufen, und bei ${hosts.length === 1 ? hosts[0]! : `${String(hosts.length)} anderen Servern`}, was du laden wolltest.`,
    sentNothing: 'Gesendet wurden nur Adressen: Keine Anfrage hatte einen Inhalt.',
    sentSomething: (size) => `Mit den Anfragen wurden ${size} gesendet.`,
    none: 'Keine Anfrage ist verzeichnet.',
    unknownSize: 'Größe unbekannt',
    total: (count, size) =>
      `${String(count)} ${count === 1 ? 'Anfrage' : 'Anfragen'} · ${size} empfangen`,
    hosts: 'Nach Server',
    list: 'Einzeln',
    showMore: (count) => `${String(count)} weitere zeigen`,
    ledTo: (host) => `beantwortet von ${host}`,
    saveJson: 'Als JSON speichern',
    saveCsv: 'Als CSV speichern',
    clear: 'Leeren',
    cleared: 'Die Liste wurde geleert.',
    undo: 'Rückgängig',
    limits: 'Was diese Liste nicht sieht',
    limitsText: [
      'Anfragen des Browsers selbst: seine Updates, die Suche nach einem neuen Service Worker, Namensauflösung, Erweiterungen.',
      'Anfragen, bevor Sotto zum ersten Mal geladen war, und aus Browsern, die Speicher verweigern.',
      'Antworten von diesem Gerät: Sie senden nichts und stehen nicht hier.',
      'Größen, die ein Server für sich behält.',
    ],
    kept: 'Die Liste bleibt auf diesem Gerät: die letzten 1.000 Anfragen und die Summen aller.',
    purposes: {
      app: 'Die App selbst',
      engine: 'Spracherkennung',
      'demo-model': 'Demo-Modell',
      sample: 'Beispielaufnahme',
      model: 'Modell',
      link: 'Eingefügter Link',
      unexpected: 'Unerwartet',
    },
    outcomes: {
      sent: 'Gesendet',
      answered: 'Beantwortet',
      failed: 'Keine Antwort',
      locked: 'Von der Offline-Sperre verweigert',
    },
  },
};
