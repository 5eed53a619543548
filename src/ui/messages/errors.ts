import type { ErrorCode } from '../../core/errors';
import type { Locale, Messages } from '../../core/locale';

/**
 * What went wrong, where the page does not speak English: a sentence for each kind of error, more general than the
 * English one at the error's source, which then stands under Details. null: the source's own sentence is shown.
 */
export const errors: Readonly<Record<Locale, Readonly<Record<ErrorCode, string>> | null>> = {
  en: null,
  de: {
    'bad-option': 'Eine Option passt hier nicht. Ändere sie in den Einstellungen.',
    'bad-request': 'Das geht mit diesem Modell nicht. Wähle ein anderes.',
    'empty-file': 'Diese Datei ist leer. Wähle eine andere.',
    'file-gone':
      'Diese Datei lässt sich nicht lesen. Sie wurde verschoben, geändert oder gelöscht, oder sie ist ein Ordner: Wähle sie noch einmal.',
    'not-a-transcript':
      'Das ist kein Transkript, das Sotto kennt. Wähle eine Datei in SRT, VTT, Whisper-JSON oder eine Sicherung von Sotto.',
    'not-media':
      'Das ist keine Ton- oder Videodatei, die Sotto lesen kann. Wähle eine andere Datei.',
    'no-audio': 'Diese Datei hat keine Tonspur. Wähle eine andere.',
    'no-samples':
      'In dieser Datei ist kein Ton. Speichere sie in einem anderen Format, und versuch es noch einmal.',
    'no-index':
      'Dieser Datei fehlt der Index: Sie wurde nicht zu Ende geschrieben. Nimm eine vollständige Kopie.',
    'unknown-codec':
      'Dieser Browser kann den Ton dieser Datei nicht dekodieren. Wandle sie in ein anderes Format um.',
    encrypted: 'Diese Datei ist verschlüsselt. Wähle eine ungeschützte.',
    'too-large': 'Diese Datei ist zu groß. Wähle eine kleinere, oder teile sie.',
    'too-long': 'Diese Aufnahme ist länger als deine Grenze. Teile sie, oder erhöhe die Grenze.',
    'microphone-refused':
      'Der Browser lässt Sotto nicht ans Mikrofon. Erlaube es in der Adresszeile, und versuch es noch einmal.',
    'microphone-missing': 'Es ist kein Mikrofon da. Schließ eins an, und versuch es noch einmal.',
    'microphone-busy':
      'Ein anderes Programm nutzt das Mikrofon. Beende es, und versuch es noch einmal.',
    'microphone-gone': 'Das gewählte Mikrofon ist nicht mehr da. Wähle ein anderes.',
    'microphone-lost':
      'Das Mikrofon ist während der Aufnahme verschwunden. Was bis dahin zu hören war, bleibt erhalten.',
    'tab-refused':
      'Es wurde kein Tab freigegeben. Versuch es noch einmal, und wähle einen Tab mit Ton.',
    'tab-busy': 'Der Tab lässt sich gerade nicht aufnehmen. Versuch es noch einmal.',
    'tab-silent':
      'Ohne Ton freigegeben: Es ist nichts zu hören. Setze beim Freigeben den Haken für den Ton.',
    'tab-lost': 'Die Freigabe ist zu Ende. Was bis dahin zu hören war, bleibt erhalten.',
    'capture-unsupported':
      'Dieser Browser kann hier nicht aufnehmen. Nimm anderswo auf, und wähle dann die Datei.',
    'capture-failed': 'Die Aufnahme ist fehlgeschlagen. Versuch es noch einmal.',
    'storage-full':
      'Auf diesem Gerät ist kein Platz mehr. Schaff Platz, und versuch es noch einmal.',
    'storage-blocked':
      'Der Browser lässt Sotto hier nichts speichern. Exportiere, was du behalten willst.',
    'link-invalid': 'Das ist kein Link. Kopiere ihn vollständig, mit https:// davor.',
    'link-insecure': 'Nur Links mit https:// sind sicher. Nimm einen solchen.',
    'link-unreachable':
      'Diese Website antwortet nicht, oder sie gibt die Datei nicht an andere Seiten. Lade sie herunter, und wähle sie dann hier.',
    'link-missing': 'Unter diesem Link ist nichts mehr. Prüfe ihn.',
    'link-refused':
      'Diese Website gibt die Datei nicht ohne Anmeldung her. Lade sie herunter, und wähle sie dann hier.',
    'link-failed': 'Die Website hat einen Fehler. Versuch es später noch einmal.',
    'link-web-page': 'Dahinter steckt eine Webseite, keine Datei. Nimm den Link zur Datei selbst.',
    'link-too-large':
      'Die Datei hinter diesem Link ist zu groß. Lade sie herunter, und wähle sie dann hier.',
    'link-cut': 'Die Verbindung brach ab, bevor alles da war. Versuch es noch einmal.',
    'model-missing':
      'Dieses Modell oder ein Teil davon ist nicht zu finden. Prüfe den Namen, oder wähle ein anderes.',
    'model-invalid':
      'Das ist kein Whisper-Modell im ONNX-Format, das Sotto kennt. Wähle ein anderes.',
    'model-gated':
      'Dieses Modell gibt es nur nach Anmeldung. Lade es von Hand, und füge seinen Ordner hinzu.',
    'model-changed':
      'Der Server hat inzwischen ein anderes Modell. Lösche das hier, und lade es neu.',
    'model-untrusted':
      'Dieser Server hat nicht die Fassung dieses Modells, die Sotto kennt. Stell einen anderen Server ein, oder füge das Modell mit seinem Namen hinzu, wenn du diesem traust.',
    'model-corrupt':
      'Das Modell kam beschädigt an oder wurde auf dem Gerät beschädigt. Lade es noch einmal.',
    'hub-failed': 'Der Server der Modelle hat einen Fehler. Versuch es später noch einmal.',
    locked:
      'Die Offline-Sperre ist an: Sotto spricht mit niemandem. Schalte sie in den Einstellungen unter Privatsphäre aus, und versuch es noch einmal.',
    offline:
      'Dieses Gerät ist offline. Was schon hier ist, funktioniert. Für das andere stell eine Verbindung her.',
    paused: 'Der Download ist pausiert. Setze ihn fort, wann du willst.',
    'no-space': 'Auf diesem Gerät ist dafür nicht genug Platz. Lösche ein Modell oder Aufnahmen.',
    'storage-failed':
      'Der Speicher des Browsers ist ausgefallen. Lade die Seite neu, und versuch es noch einmal.',
    'bad-archive': 'Diese Zip-Datei lässt sich nicht lesen. Pack sie neu.',
    'device-lost':
      'Der Grafikprozessor ist ausgefallen. Versuch es noch einmal, oder wähle ein Modell, das auf WASM läuft.',
    'device-unavailable':
      'WebGPU oder WASM, wie gewählt, gibt es hier nicht. Wähle in den Einstellungen „Automatisch“.',
    'engine-failed':
      'Das Modell konnte nicht laufen. Versuch es noch einmal, oder wähle ein kleineres Modell.',
    'worker-crashed':
      'Die Spracherkennung ist abgestürzt, meist aus Mangel an Speicher. Versuch es noch einmal, oder wähle ein kleineres Modell.',
    busy: 'Gerade läuft schon etwas. Warte, bis es fertig ist.',
    aborted: 'Abgebrochen.',
  },
};

const enCard = { retry: 'Try again', details: 'Details', copy: 'Copy details', copied: 'Copied' };

export const errorCard: Messages<typeof enCard> = {
  en: enCard,
  de: {
    retry: 'Erneut versuchen',
    details: 'Einzelheiten',
    copy: 'Einzelheiten kopieren',
    copied: 'Kopiert',
  },
};
