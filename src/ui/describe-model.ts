import { assertNever } from '../core/errors';
import { aboutMemoryBytes } from '../core/models';
import type { CardStatus, ModelCard, Transfer } from '../state/models.svelte';
import { fileSize, partOfSize, timeLeft } from './format';

/** What a model can do and what it takes, in a line. */
export function describeModel({ id, title, languages, aboutBytes, stored }: ModelCard): string {
  if (id === 'demo') return 'Comes with Sotto · a few hundred words of synthetic speech';
  // Version 3 of the large model learnt Cantonese.
  const count = id.startsWith('large-v3') ? '100 languages' : '99 languages';
  const spoken = languages === 'multilingual' ? count : 'English only';
  const isNews = languages !== null && !title.includes(spoken);
  const weights = stored?.state === 'complete' ? stored.sizeBytes : aboutBytes;
  return [
    ...(isNews ? [spoken] : []),
    ...(weights ? [`about ${(aboutMemoryBytes(weights) / 1e9).toFixed(1)} GB of memory`] : []),
  ].join(' · ');
}

/** Where a model is on its way to this device. @param host names whom a download would ask */
export function describeStatus(card: ModelCard, status: CardStatus, host: string): string {
  switch (status.kind) {
    case 'absent':
      return `Download: ${about(card)} from ${hostName(host)}`;
    case 'starting':
    case 'downloading':
      return describeTransfer(status);
    case 'paused':
      return `Paused at ${partOfSize(status.loadedBytes, status.totalBytes)}`;
    case 'installed':
      return card.stored ? `${fileSize(card.stored.sizeBytes)} on this device` : '';
    case 'unfit':
      return card.request
        ? `What is here does not run well on this device. Download: ${about(card)} from ${hostName(host)}`
        : 'Its precision does not run well on this device. Delete it and add another one.';
    case 'deleted':
      return 'Deleted.';
    default:
      return assertNever(status);
  }
}

/** "12.3 of 41.0 MB · 2.1 MB/s · 15 s left", or why nothing moves. */
export function describeTransfer(transfer: Transfer): string {
  if (transfer.kind === 'starting') return 'Asking for the files';
  const { loadedBytes, totalBytes, bytesPerSec, secondsLeft, hitch } = transfer;
  const rate = bytesPerSec === null || hitch ? [] : [`${fileSize(bytesPerSec)}/s`];
  const left = secondsLeft === null || hitch ? [] : [timeLeft(secondsLeft)];
  return [partOfSize(loadedBytes, totalBytes), ...rate, ...left, ...(hitch ? [hitch] : [])].join(
    ' · ',
  );
}

/** Between 0 and 1; null while the size is unknown. */
export function fractionOf(status: CardStatus): number | null {
  const isSized = status.kind === 'downloading' || status.kind === 'paused';
  return isSized && status.totalBytes > 0 ? status.loadedBytes / status.totalBytes : null;
}

/** The name in a URL: "huggingface.co". */
export function hostName(host: string): string {
  return URL.parse(host)?.host ?? host;
}

function about({ aboutBytes }: ModelCard): string {
  return aboutBytes === null ? 'size unknown until it begins,' : `about ${fileSize(aboutBytes)}`;
}
