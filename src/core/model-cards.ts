import { CATALOGUE, installRequest, storeId, type CatalogueModel } from './models';
import type { InstallRequest, StoredModel } from './model-store-api';
import {
  choosePrecision,
  parsePrecision,
  precisionKey,
  PRECISION_ORDER,
  type DeviceClass,
  type Precision,
  type PrecisionKey,
} from './precisions';

/** One model to choose, as settings show it. */
export interface ModelCard {
  /** 'demo' for the model that comes with the app, else the id in the store. */
  readonly id: string;
  readonly title: string;
  /** null where only loading would tell. */
  readonly languages: 'multilingual' | 'english' | null;
  /** Whether it can time single words; null where only loading would tell. */
  readonly hasWordTimes: boolean | null;
  /** What the download for this device takes; null where only the hub knows. */
  readonly aboutBytes: number | null;
  /** What downloading or resuming asks for; null where there is nothing to download from. */
  readonly request: InstallRequest | null;
  readonly stored: StoredModel | null;
  /** What is here is complete at a precision that is right for this device. */
  readonly usable: boolean;
}

/**
 * The catalogue, each model with what is stored of it; the person's own models come right after the demo.
 * @param asked downloads begun on this page, of which nothing may be stored yet
 * @param deviceFor what a model is to run on, by its id
 */
export function modelCards(
  stored: readonly StoredModel[],
  asked: readonly InstallRequest[],
  deviceFor: (id: string) => DeviceClass,
): readonly ModelCard[] {
  const catalogue = CATALOGUE.map((model) => catalogueCard(model, stored, deviceFor));
  const known = new Set([...catalogue, ...stored].map(({ id }) => id));
  const own = [
    ...stored
      .filter(({ id }) => !catalogue.some((card) => card.id === id))
      .map((model) => storedCard(model, deviceFor(model.id))),
    ...asked.filter(({ id }) => !known.has(id)).map(askedCard),
  ];
  return [...catalogue.slice(0, 1), ...own, ...catalogue.slice(1)];
}

/** What to ask of a repository of which nothing is known: the best for the device that it has. */
export function anyPrecision(
  device: DeviceClass,
): Required<Pick<InstallRequest, 'precision' | 'alternatives'>> {
  const [first, ...others] = PRECISION_ORDER[device].map(parsePrecision);
  return { precision: first!, alternatives: others };
}

/** The precision to download for a device: the first in its order that the catalogue knows of, else its best. */
export function downloadPrecision(model: CatalogueModel | null, device: DeviceClass): Precision {
  const known = Object.keys(model?.aboutBytes ?? {}) as PrecisionKey[];
  return choosePrecision(device, known) ?? parsePrecision(PRECISION_ORDER[device][0]!);
}

function catalogueCard(
  model: CatalogueModel,
  stored: readonly StoredModel[],
  deviceFor: (id: string) => DeviceClass,
): ModelCard {
  const device = deviceFor(storeId(model));
  const precision = downloadPrecision(model, device);
  const aboutBytes = model.aboutBytes[precisionKey(precision)] ?? null;
  const { title, languages, hasWordTimes } = model;
  const card = { title, languages, hasWordTimes, aboutBytes };
  if (model.repository === null)
    return { ...card, id: model.id, request: null, stored: null, usable: true };
  const asked = installRequest(model, precision);
  const request = aboutBytes === null ? { ...asked, ...anyPrecision(device) } : asked;
  const own = stored.find(({ id }) => id === request.id) ?? null;
  return { ...card, id: request.id, request, stored: own, usable: isUsable(own, device) };
}

/** What nobody can say of a model that is not in the catalogue. */
const UNKNOWN = { languages: null, hasWordTimes: null, aboutBytes: null } as const;

function storedCard(own: StoredModel, device: DeviceClass): ModelCard {
  const { id, name, origin } = own;
  const { repository, revision } = origin.kind === 'hub' ? origin : {};
  const request =
    repository && revision !== undefined
      ? { id, name, repository, revision, ...anyPrecision(device) }
      : null;
  return { id, title: name, ...UNKNOWN, request, stored: own, usable: isUsable(own, device) };
}

function askedCard(request: InstallRequest): ModelCard {
  const { id, name } = request;
  return { id, title: name, ...UNKNOWN, request, stored: null, usable: false };
}

function isUsable(own: StoredModel | null, device: DeviceClass): boolean {
  return own !== null && choosePrecision(device, own.precisions) !== null;
}
