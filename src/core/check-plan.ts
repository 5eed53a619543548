import type { Device } from './asr-api';
import type { StoredModel } from './model-store-api';
import { DEMO_ID } from './model-paths';
import { CATALOGUE } from './models';
import { PRECISION_ORDER, type PrecisionKey } from './precisions';
import type { Combination, Machine } from './verdict';

/** One way to run one model that can be checked here. */
export interface PlannedCheck extends Combination {
  /** Name shown to people. */
  readonly name: string;
  /** null for the model that comes with the app. */
  readonly stored: StoredModel | null;
  /** Takes minutes, and would never be chosen: WebGPU in software. Run only when asked for by itself. */
  readonly isSlow: boolean;
}

/** Precisions that the model that comes with the app is here in. */
export const DEMO_PRECISIONS = Object.keys(
  CATALOGUE.find(({ id }) => id === DEMO_ID)?.aboutBytes ?? {},
) as readonly PrecisionKey[];

/** Every way to run every model that is here: WASM first, on each device the best precision first. */
export function planChecks(
  demoName: string,
  stored: readonly StoredModel[],
  { adapter }: Machine,
): readonly PlannedCheck[] {
  const models: readonly Checkable[] = [
    { model: DEMO_ID, name: demoName, stored: null, precisions: DEMO_PRECISIONS },
    ...stored.map((own) => {
      const { id: model, name, precisions } = own;
      return { model, name, stored: own, precisions };
    }),
  ];
  return models.flatMap((model) => [
    ...checksOn('wasm', PRECISION_ORDER.wasm, false, model),
    ...(adapter
      ? checksOn('webgpu', PRECISION_ORDER[adapter.deviceClass], adapter.isSoftware, model)
      : []),
  ]);
}

type Checkable = Pick<PlannedCheck, 'model' | 'name' | 'stored'> & Pick<StoredModel, 'precisions'>;

function checksOn(
  device: Device,
  order: readonly PrecisionKey[],
  isSlow: boolean,
  { precisions, ...model }: Checkable,
): readonly PlannedCheck[] {
  const here = order.filter((key) => precisions.includes(key));
  return here.map((precision) => ({ ...model, device, precision, isSlow }));
}
