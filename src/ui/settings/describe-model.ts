import { assertNever } from '../../core/errors';
import { DEMO_ID } from '../../core/model-paths';
import { aboutMemoryBytes } from '../../core/models';
import type { Hitch } from '../../state/model-transfer';
import type {
  CardStatus,
  FileCheck,
  HostProblem,
  ModelCard,
  ModelNotice,
  Transfer,
} from '../../state/models.svelte';
import { byteCount, decimal, fileSize, partOfSize, timeLeft } from '../format';
import { locale } from '../locale.svelte';
import { models } from '../messages/models';

/** What a model can do and what it takes, in a line. */
export function describeModel(card: ModelCard): string {
  const { id, title, languages, hasWordTimes, aboutBytes, stored } = card;
  const m = models[locale.current];
  if (id === DEMO_ID) return m.comesWithSotto;
  // Version 3 of the large model learnt Cantonese.
  const count = id.startsWith('large-v3') ? 100 : 99;
  const spoken = languages === 'multilingual' ? m.languages(count) : m.englishOnly;
  const isNews = languages !== null && !title.includes(models.en.englishOnly);
  const weights = stored?.state === 'complete' ? stored.sizeBytes : aboutBytes;
  return [
    ...(isNews ? [spoken] : []),
    ...(hasWordTimes === false ? [m.noWordTimes] : []),
    ...(weights ? [m.memory(decimal(aboutMemoryBytes(weights) / 1e9, 1))] : []),
  ].join(' · ');
}

/** Where a model is on its way to this device. @param host names whom a download would ask */
export function describeStatus(card: ModelCard, status: CardStatus, host: string): string {
  const m = models[locale.current];
  switch (status.kind) {
    case 'absent':
      return m.download(about(card), hostName(host));
    case 'starting':
    case 'downloading':
      return describeTransfer(status);
    case 'elsewhere':
      return `${m.hitches.elsewhere} ${describeTransfer(status.transfer)}`;
    case 'adding':
      return status.isHere
        ? m.adding(describeTransfer(status.transfer))
        : `${m.addingElsewhere} ${describeTransfer(status.transfer)}`;
    case 'paused':
      return m.pausedAt(partOfSize(status.loadedBytes, status.totalBytes));
    case 'installed':
      return card.stored ? m.onDevice(fileSize(card.stored.storedBytes)) : '';
    case 'unfit':
      return card.request ? m.unfitDownload(about(card), hostName(host)) : m.unfit;
    case 'deleted':
      return m.deleted;
    default:
      return assertNever(status);
  }
}

/** "12.3 of 41.0 MB · 2.1 MB/s · 15 s left", or why nothing moves. */
export function describeTransfer(transfer: Transfer): string {
  if (transfer.kind === 'starting')
    return transfer.hitch ? describeHitch(transfer.hitch) : models[locale.current].asking;
  const { loadedBytes, totalBytes, bytesPerSec, secondsLeft, hitch } = transfer;
  const isMeasured = bytesPerSec !== null && !hitch;
  const { silence } = models[locale.current];
  const rate = bytesPerSec === 0 ? silence : `${byteCount(bytesPerSec ?? 0)}/s`;
  const left = secondsLeft === null || hitch ? [] : [timeLeft(secondsLeft)];
  return [
    partOfSize(loadedBytes, totalBytes),
    ...(isMeasured ? [rate] : []),
    ...left,
    ...(hitch ? [describeHitch(hitch)] : []),
  ].join(' · ');
}

/** What happened to the chosen model without being asked for; '' for nothing. */
export function describeNotice(notice: ModelNotice | null): string {
  return notice ? models[locale.current].notices[notice.kind](notice.model) : '';
}

export function describeHostProblem(problem: HostProblem): string {
  return models[locale.current].hostProblems[problem];
}

/** What came of checking a model's files; '' for nothing. */
export function describeFileCheck(check: FileCheck | null): string {
  const m = models[locale.current];
  if (!check) return '';
  return check.kind === 'checking' ? m.checking : m.checked(check.replaced);
}

/** Between 0 and 1; null while the size is unknown. */
export function fractionOf(status: CardStatus): number | null {
  if (status.kind === 'elsewhere' || status.kind === 'adding') return fractionOf(status.transfer);
  const isSized = status.kind === 'downloading' || status.kind === 'paused';
  return isSized && status.totalBytes > 0 ? status.loadedBytes / status.totalBytes : null;
}

/** The name in a URL: "huggingface.co". */
export function hostName(host: string): string {
  return URL.parse(host)?.host ?? host;
}

function describeHitch(hitch: Hitch): string {
  const { hitches } = models[locale.current];
  // The reason's second sentence is advice for the case that this fails, too.
  return hitch.kind === 'retry'
    ? hitches.retry(hitch.reason.split('. ')[0] ?? '')
    : hitches[hitch.kind];
}

function about({ aboutBytes }: ModelCard): string {
  const m = models[locale.current];
  return aboutBytes === null ? m.sizeUnknown : m.about(fileSize(aboutBytes));
}
