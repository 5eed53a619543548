import type { DecodingOptions } from '../../core/decoding-options';
import type { Messages } from '../../core/locale';

/** What an option is called, what it does, and, where a field may be empty, what that means. */
export interface OptionWords {
  readonly name: string;
  readonly meaning: string;
  readonly empty?: string;
}

type Words = Readonly<Record<keyof DecodingOptions, OptionWords>>;

const en: Words = {
  language: {
    name: 'Language spoken',
    meaning: 'Choose it if you know it. Otherwise it is guessed from the first 30 seconds.',
  },
  task: {
    name: 'Task',
    meaning: 'Translation is into English, by multilingual models only.',
  },
  wordTimestamps: {
    name: 'Time every word',
    meaning: 'For exact highlighting and for shaping subtitles. Takes a little longer.',
  },
  mode: {
    name: 'Mode',
    meaning:
      'Exact goes window by window, as openai/whisper does. Fast packs speech together and decodes several windows at once.',
  },
  batchSize: {
    name: 'Windows at once',
    meaning: 'Fast mode only. More are faster and take more memory.',
  },
  vadFilter: {
    name: 'Skip silence',
    meaning: 'Exact mode: windows begin where speech does. Fast mode always does so.',
  },
  voiceActivity: {
    name: 'Detection of speech',
    meaning: 'What counts as speech and what as silence.',
  },
  retryEmptyWindows: {
    name: 'Try windows without text again',
    meaning:
      'Where speech is heard and no text comes, the window is decoded once more, unprompted.',
  },
  temperatures: {
    name: 'Temperatures',
    meaning:
      'Tried in turn, with commas between them, while the text of a window looks wrong. 0 always takes the likeliest word.',
  },
  bestOf: {
    name: 'Samples above temperature 0',
    meaning: 'So many are drawn, and the likeliest is kept.',
    empty: 'one',
  },
  beamSize: {
    name: 'Beams at temperature 0',
    meaning: 'Texts that are followed side by side. More hear a little better and take longer.',
    empty: 'one, greedy',
  },
  patience: {
    name: 'Patience of the beam search',
    meaning: 'It ends once beams × patience texts are finished.',
    empty: '1',
  },
  lengthPenalty: {
    name: 'Length penalty',
    meaning: 'From 0 to 1. Higher prefers longer texts.',
    empty: 'by the average word',
  },
  compressionRatioThreshold: {
    name: 'Highest compression ratio',
    meaning: 'Text that compresses better is a loop, and the window is decoded again.',
    empty: 'no check',
  },
  logprobThreshold: {
    name: 'Lowest average log probability',
    meaning: 'Text that is less certain is decoded again.',
    empty: 'no check',
  },
  noSpeechThreshold: {
    name: 'No-speech probability of silence',
    meaning: 'A window above it counts as silence where its text is uncertain, too.',
    empty: 'no check',
  },
  conditionOnPreviousText: {
    name: 'Go on from the text before',
    meaning: 'Each window is told what was said before it. When off, loops cannot spread.',
  },
  initialPrompt: {
    name: 'Text before the recording',
    meaning: 'As if it had been said first: names, spelling, style.',
    empty: 'none',
  },
  carryInitialPrompt: {
    name: 'Put that text before every window',
    meaning: 'Not only before the first.',
  },
  prefix: {
    name: 'Text that every window begins with',
    meaning: 'For experiments.',
    empty: 'none',
  },
  hotwords: {
    name: 'Words to expect',
    meaning: 'Names and terms that are told before every window.',
    empty: 'none',
  },
  multilingual: {
    name: 'Languages change within the recording',
    meaning: 'Detects the language of every window anew.',
  },
  repetitionPenalty: {
    name: 'Repetition penalty',
    meaning: 'Makes words that were said before less likely. 1 is off.',
  },
  noRepeatNgramSize: {
    name: 'Longest repetition',
    meaning: 'No run of this many tokens comes twice in a window. 0 is off.',
  },
  prependPunctuations: {
    name: 'Punctuation joined to the next word',
    meaning: 'Only with timed words.',
  },
  appendPunctuations: {
    name: 'Punctuation joined to the word before',
    meaning: 'Only with timed words.',
  },
  hallucinationSilenceThresholdSec: {
    name: 'Skip silence around improbable words, seconds',
    meaning: 'Silence longer than this is skipped. Needs timed words and the exact mode.',
    empty: 'off',
  },
  clipTimestampsSec: {
    name: 'Parts to transcribe, seconds',
    meaning: 'Start, end, start, end, with commas between them. The last end may be missing.',
  },
  suppressTokens: {
    name: 'Tokens never written',
    meaning: 'Their ids, with commas between them. -1 stands for everything that is not speech.',
  },
  suppressBlank: {
    name: 'Begin with a word',
    meaning: 'A window’s text does not begin with a blank and is not over at once.',
  },
  withoutTimestamps: {
    name: 'Decode without times',
    meaning: 'Plain text, a segment for each window.',
  },
  maxInitialTimestampSec: {
    name: 'Latest start of a window’s text, seconds',
    meaning: 'Its first time is not later than this.',
    empty: 'any',
  },
  sampleLen: {
    name: 'Most tokens in a window',
    meaning: 'Text is cut off there.',
    empty: 'as many as the model can',
  },
};

const de: Words = {
  language: {
    name: 'Gesprochene Sprache',
    meaning: 'Wähle sie, wenn du sie kennst. Sonst wird sie aus den ersten 30 Sekunden erraten.',
  },
  task: {
    name: 'Aufgabe',
    meaning: 'Übersetzt wird ins Englische, nur mit mehrsprachigen Modellen.',
  },
  wordTimestamps: {
    name: 'Zeit für jedes Wort',
    meaning: 'Für genaues Mitlesen und zum Formen von Untertiteln. Dauert etwas länger.',
  },
  mode: {
    name: 'Modus',
    meaning:
      '„Genau“ geht Fenster für Fenster vor, wie openai/whisper. „Schnell“ packt Sprache zusammen und dekodiert mehrere Fenster zugleich.',
  },
  batchSize: {
    name: 'Fenster zugleich',
    meaning: 'Nur im schnellen Modus. Mehr sind schneller und brauchen mehr Speicher.',
  },
  vadFilter: {
    name: 'Stille überspringen',
    meaning:
      'Im genauen Modus beginnen Fenster dann dort, wo Sprache beginnt. Im schnellen ist das immer so.',
  },
  voiceActivity: {
    name: 'Erkennung von Sprache',
    meaning: 'Was als Sprache gilt und was als Stille.',
  },
  retryEmptyWindows: {
    name: 'Fenster ohne Text noch einmal versuchen',
    meaning:
      'Wo Sprache zu hören ist, aber kein Text kommt, wird das Fenster ohne Kontext noch einmal dekodiert.',
  },
  temperatures: {
    name: 'Temperaturen',
    meaning:
      'Mit Kommas getrennt; der Reihe nach versucht, solange der Text eines Fensters falsch aussieht. 0 nimmt immer das wahrscheinlichste Wort.',
  },
  bestOf: {
    name: 'Versuche über Temperatur 0',
    meaning: 'So viele Texte werden gezogen, der wahrscheinlichste bleibt.',
    empty: 'einer',
  },
  beamSize: {
    name: 'Beams bei Temperatur 0',
    meaning:
      'So viele Texte werden nebeneinander verfolgt. Mehr hören etwas besser und dauern länger.',
    empty: 'einer',
  },
  patience: {
    name: 'Geduld der Beam-Suche',
    meaning: 'Sie endet, sobald Beams × Geduld Texte fertig sind.',
    empty: '1',
  },
  lengthPenalty: {
    name: 'Längenausgleich',
    meaning: 'Von 0 bis 1. Höher bevorzugt längere Texte.',
    empty: 'nach dem mittleren Wort',
  },
  compressionRatioThreshold: {
    name: 'Höchstes Kompressionsverhältnis',
    meaning:
      'Text, der sich besser komprimieren lässt, ist eine Schleife: Das Fenster wird neu dekodiert.',
    empty: 'keine Prüfung',
  },
  logprobThreshold: {
    name: 'Niedrigste mittlere Log-Wahrscheinlichkeit',
    meaning: 'Text, der unsicherer ist, wird neu dekodiert.',
    empty: 'keine Prüfung',
  },
  noSpeechThreshold: {
    name: 'Wahrscheinlichkeit von Stille',
    meaning: 'Ein Fenster darüber gilt als Stille, wenn auch sein Text unsicher ist.',
    empty: 'keine Prüfung',
  },
  conditionOnPreviousText: {
    name: 'An den Text davor anknüpfen',
    meaning:
      'Jedes Fenster erfährt, was vorher gesagt wurde. Wenn aus, können sich Schleifen nicht ausbreiten.',
  },
  initialPrompt: {
    name: 'Text vor der Aufnahme',
    meaning: 'Als wäre er zuerst gesagt worden: Namen, Schreibweisen, Stil.',
    empty: 'keiner',
  },
  carryInitialPrompt: {
    name: 'Diesen Text vor jedes Fenster stellen',
    meaning: 'Nicht nur vor das erste.',
  },
  prefix: {
    name: 'Text, mit dem jedes Fenster beginnt',
    meaning: 'Für Versuche.',
    empty: 'keiner',
  },
  hotwords: {
    name: 'Zu erwartende Wörter',
    meaning: 'Namen und Fachwörter, die jedem Fenster vorangestellt werden.',
    empty: 'keine',
  },
  multilingual: {
    name: 'Die Sprache wechselt in der Aufnahme',
    meaning: 'Erkennt die Sprache jedes Fensters neu.',
  },
  repetitionPenalty: {
    name: 'Abzug für Wiederholungen',
    meaning: 'Macht Wörter, die schon da waren, unwahrscheinlicher. 1 ist aus.',
  },
  noRepeatNgramSize: {
    name: 'Längste Wiederholung',
    meaning: 'Keine Folge von so vielen Tokens kommt in einem Fenster zweimal vor. 0 ist aus.',
  },
  prependPunctuations: {
    name: 'Satzzeichen am nächsten Wort',
    meaning: 'Nur mit Wortzeiten.',
  },
  appendPunctuations: {
    name: 'Satzzeichen am Wort davor',
    meaning: 'Nur mit Wortzeiten.',
  },
  hallucinationSilenceThresholdSec: {
    name: 'Stille um unwahrscheinliche Wörter überspringen, Sekunden',
    meaning: 'Längere Stille wird übersprungen. Braucht Wortzeiten und den genauen Modus.',
    empty: 'aus',
  },
  clipTimestampsSec: {
    name: 'Teile, die transkribiert werden, Sekunden',
    meaning: 'Anfang, Ende, Anfang, Ende, mit Komma getrennt. Das letzte Ende darf fehlen.',
  },
  suppressTokens: {
    name: 'Tokens, die nie geschrieben werden',
    meaning: 'Ihre Nummern, mit Komma getrennt. -1 steht für alles, was keine Sprache ist.',
  },
  suppressBlank: {
    name: 'Mit einem Wort beginnen',
    meaning: 'Der Text eines Fensters beginnt nicht mit Leerraum und ist nicht sofort zu Ende.',
  },
  withoutTimestamps: {
    name: 'Ohne Zeiten dekodieren',
    meaning: 'Reiner Text, ein Abschnitt je Fenster.',
  },
  maxInitialTimestampSec: {
    name: 'Spätester Beginn des Textes in einem Fenster, Sekunden',
    meaning: 'Die erste Zeit im Fenster ist nicht später.',
    empty: 'beliebig',
  },
  sampleLen: {
    name: 'Höchstzahl der Tokens in einem Fenster',
    meaning: 'Dort wird der Text abgeschnitten.',
    empty: 'so viele das Modell kann',
  },
};

export const decodingOptions: Messages<Words> = { en, de };
