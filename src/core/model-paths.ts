import { weightPaths, type Precision } from './precisions';

/** The model that comes with the app. No stored one may have this id. */
export const DEMO_ID = 'demo';

/** Small files that describe a model. The engine cannot do without the first two. */
export const REQUIRED_DESCRIPTIONS: readonly string[] = ['config.json', 'tokenizer.json'];
export const OPTIONAL_DESCRIPTIONS: readonly string[] = [
  'generation_config.json',
  'tokenizer_config.json',
  'preprocessor_config.json',
];

const DESCRIPTIONS = new Set([...REQUIRED_DESCRIPTIONS, ...OPTIONAL_DESCRIPTIONS]);

/** Weights beside a graph: graphs over 2 GB keep them in files of their own ("….onnx_data", "….onnx_data_1"). */
export function isExternalDataOf(graph: string, path: string): boolean {
  return path.startsWith(`${graph}_data`);
}

/** Whether a file of this path (relative to the model's folder) is part of a model. */
export function isModelPath(path: string): boolean {
  return DESCRIPTIONS.has(path) || /^onnx\/[\w.-]+\.onnx(_data(_\d+)?)?$/.test(path);
}

export function isDescription(path: string): boolean {
  return DESCRIPTIONS.has(path);
}

/** The files among `paths` that running at this precision reads, those that describe the model first. */
export function filesOfPrecision(paths: readonly string[], precision: Precision): string[] {
  const graphs = weightPaths(precision);
  return [
    ...paths.filter((path) => DESCRIPTIONS.has(path)),
    ...graphs.flatMap((graph) =>
      paths.filter((path) => path === graph || isExternalDataOf(graph, path)),
    ),
  ];
}
