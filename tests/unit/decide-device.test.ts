import { describe, expect, it } from 'vitest';
import { decideDevice, type DeviceDecision } from '../../src/core/decide-device';
import { precisionKey, type PrecisionKey } from '../../src/core/precisions';
import { withNote, type Finding, type Machine, type Verdict } from '../../src/core/verdict';

const GPU: Machine = {
  adapter: { key: 'nvidia ampere', deviceClass: 'webgpu-f16', isSoftware: false },
  browser: 'Chrome 156',
};
const SOFTWARE: Machine = {
  adapter: { key: 'google swiftshader', deviceClass: 'webgpu', isSoftware: true },
  browser: 'Chrome 156',
};
const NO_GPU: Machine = { adapter: null, browser: 'Chrome 156' };
const ALL: readonly PrecisionKey[] = ['fp16+q4', 'fp32+q4', 'q8+q8', 'fp32+fp32'];

/** "webgpu fp16+q4 wrong 3": what was found out of model m, or of another: "other: wasm q8+q8 correct". */
function verdictOf(text: string, machine: Machine): Verdict {
  const [rest, model = 'm'] = text.split(': ').reverse() as [string, string?];
  const [device, precision, finding, speed] = rest.split(' ') as [
    'webgpu' | 'wasm',
    PrecisionKey,
    Finding,
    string?,
  ];
  return {
    model,
    device,
    precision,
    finding,
    adapter: device === 'webgpu' ? (machine.adapter?.key ?? null) : null,
    browser: machine.browser,
    wordErrorRate: 0,
    speed: speed === undefined ? null : Number(speed),
    loadSec: null,
    heard: '',
    problem: '',
    atMs: 0,
  };
}

interface Given {
  readonly machine?: Machine | null;
  readonly wanted?: 'auto' | 'webgpu' | 'wasm';
  readonly available?: readonly PrecisionKey[] | null;
  readonly learntOn?: Machine;
  readonly isListed?: boolean;
}

function decide(verdicts: readonly string[], given: Given = {}): DeviceDecision {
  const { machine = GPU, wanted = 'auto', available = ALL, isListed = false } = given;
  const learntOn = given.learntOn ?? machine ?? GPU;
  return decideDevice({
    model: 'm',
    available,
    isListed,
    wanted,
    machine,
    verdicts: verdicts.map((text) => verdictOf(text, learntOn)),
  });
}

/** "webgpu fp16+q4 checked" */
function told({ device, precision, reason }: DeviceDecision): string {
  return `${device} ${precision === 'auto' ? 'auto' : precisionKey(precision)} ${reason}`;
}

describe('the automatic choice', () => {
  it('is left to the engine while nothing is known', () => {
    for (const machine of [GPU, SOFTWARE, NO_GPU, null])
      expect(told(decide([], { machine }))).toBe('auto auto untested');
    expect(decide([]).deviceClass).toBe('webgpu-f16');
    expect(decide([], { machine: SOFTWARE }).deviceClass).toBe('wasm');
  });

  it('takes what was seen to be right', () => {
    expect(told(decide(['webgpu fp16+q4 correct 20', 'wasm q8+q8 correct 2']))).toBe(
      'webgpu fp16+q4 checked',
    );
    expect(told(decide(['wasm fp32+fp32 correct 2'], { machine: NO_GPU }))).toBe(
      'wasm fp32+fp32 checked',
    );
  });

  it('stays with the engine where it would do the same by itself', () => {
    const isListed = true;
    const right = decide(['webgpu fp16+q4 correct 20'], { isListed });
    expect(told(right)).toBe('auto auto checked');
    expect(right).toMatchObject({ deviceClass: 'webgpu-f16', expected: 'fp16+q4' });
    expect(told(decide(['webgpu fp32+q4 correct 20'], { isListed }))).toBe(
      'webgpu fp32+q4 checked',
    );
    expect(told(decide(['webgpu fp16+q4 wrong'], { isListed }))).toBe('wasm q8+q8 gpu-wrong');
    // Of files that cannot be listed it takes those that every export has.
    expect(told(decide(['webgpu fp32+fp32 correct 20']))).toBe('auto auto checked');
    expect(told(decide(['wasm q8+q8 correct 2'], { machine: NO_GPU }))).toBe('auto auto checked');
  });

  it('never takes a WebGPU that gets wrong text, even where WASM was not checked or is slow', () => {
    expect(told(decide(['webgpu fp16+q4 wrong']))).toBe('wasm q8+q8 gpu-wrong');
    expect(told(decide(['webgpu fp16+q4 wrong', 'wasm q8+q8 slow 0.4']))).toBe(
      'wasm q8+q8 gpu-wrong',
    );
  });

  it('takes another precision of a WebGPU with a wrong one only where that was seen to be right', () => {
    const verdicts = ['webgpu fp16+q4 wrong', 'webgpu fp32+q4 correct 9', 'wasm q8+q8 correct 2'];
    expect(told(decide(verdicts))).toBe('webgpu fp32+q4 precision-wrong');
    expect(told(decide(verdicts.slice(0, 1)))).toMatch(/^wasm/);
  });

  it('says nothing of a precision that is wrong but would not be taken', () => {
    expect(told(decide(['webgpu fp16+q4 correct 9', 'webgpu fp32+q4 wrong']))).toBe(
      'webgpu fp16+q4 checked',
    );
  });

  it('says that the model is missing for WASM rather than to use what is wrong', () => {
    const decision = decide(['webgpu fp16+q4 wrong'], { available: ['fp16+q4'] });
    expect(told(decision)).toBe('wasm auto gpu-wrong');
    expect(decision.deviceClass).toBe('wasm');
  });

  it('takes WASM where WebGPU fails or is slower', () => {
    expect(told(decide(['webgpu fp16+q4 failed']))).toBe('wasm q8+q8 gpu-failed');
    expect(told(decide(['webgpu fp16+q4 correct 3', 'wasm q8+q8 correct 5']))).toBe(
      'wasm q8+q8 gpu-slower',
    );
    expect(told(decide(['webgpu fp16+q4 correct 3', 'wasm q8+q8 wrong']))).toBe(
      'webgpu fp16+q4 checked',
    );
  });

  it('on WASM alone avoids a precision that is wrong or slow', () => {
    const cpu = { machine: NO_GPU };
    expect(told(decide(['wasm q8+q8 wrong', 'wasm fp32+fp32 correct 1.5'], cpu))).toBe(
      'wasm fp32+fp32 precision-wrong',
    );
    expect(told(decide(['wasm q8+q8 slow 0.5', 'wasm fp32+fp32 correct 1.5'], cpu))).toBe(
      'wasm fp32+fp32 checked',
    );
  });

  it('says so where nothing is right', () => {
    const cpu = ['wasm q8+q8 wrong', 'wasm fp32+fp32 wrong'];
    expect(told(decide(cpu, { machine: NO_GPU }))).toBe('wasm q8+q8 all-wrong');
    expect(told(decide([...cpu, 'webgpu fp16+q4 wrong']))).toBe('wasm q8+q8 all-wrong');
  });

  it('takes WebGPU in software only where it is right and WASM is not', () => {
    const machine = SOFTWARE;
    expect(told(decide(['webgpu fp32+q4 correct 0.1'], { machine }))).toBe('auto auto untested');
    const cpu = ['wasm q8+q8 wrong', 'wasm fp32+fp32 wrong'];
    expect(told(decide([...cpu, 'webgpu fp32+q4 slow 0.1'], { machine }))).toBe(
      'webgpu fp32+q4 wasm-wrong',
    );
  });

  it('does not trust a WebGPU with a model that was not checked after another got wrong text there', () => {
    const other = ['other: webgpu fp32+q4 wrong', 'other: wasm q8+q8 correct 3'];
    expect(told(decide(other))).toBe('wasm q8+q8 gpu-suspect');
    expect(told(decide([...other, 'webgpu fp16+q4 correct 9']))).toBe('webgpu fp16+q4 checked');
    // A model that is wrong everywhere says nothing of the device.
    expect(told(decide(['other: webgpu fp32+q4 wrong', 'other: wasm q8+q8 wrong']))).toBe(
      'auto auto untested',
    );
  });

  it('is the same before it is known what is stored', () => {
    for (const verdicts of [
      ['webgpu fp16+q4 wrong', 'wasm q8+q8 correct 2'],
      ['webgpu fp16+q4 correct 9', 'wasm q8+q8 correct 2'],
    ])
      expect(decide(verdicts, { available: null })).toEqual(decide(verdicts));
    expect(told(decide(['webgpu fp16+q4 wrong'], { available: null }))).toBe('wasm auto gpu-wrong');
  });

  it('forgets what was learnt on another adapter or in another version of the browser', () => {
    const wrong = ['webgpu fp16+q4 wrong'];
    const newer = { ...GPU, browser: 'Chrome 157' };
    expect(told(decide(wrong, { learntOn: newer }))).toBe('auto auto untested');
    const other = { ...GPU, adapter: { ...GPU.adapter!, key: 'intel gen-12lp' } };
    expect(told(decide(wrong, { learntOn: other }))).toBe('auto auto untested');
    // WASM does not depend on the adapter.
    const slower = ['wasm q8+q8 correct 5'];
    expect(told(decide(slower, { learntOn: other, machine: NO_GPU }))).toBe('auto auto checked');
  });
});

describe('a forced choice', () => {
  it('is done as asked', () => {
    expect(told(decide([], { wanted: 'wasm' }))).toBe('wasm auto forced-untested');
    expect(told(decide([], { wanted: 'webgpu', machine: NO_GPU }))).toBe('webgpu auto forced');
    const slower = ['webgpu fp16+q4 slow 0.5', 'wasm q8+q8 correct 5'];
    expect(told(decide(slower, { wanted: 'webgpu' }))).toBe('webgpu fp16+q4 forced');
  });

  it('of what is known to be wrong warns', () => {
    const wanted = 'webgpu';
    expect(told(decide(['webgpu fp16+q4 wrong'], { wanted }))).toBe('webgpu fp16+q4 forced-wrong');
    expect(told(decide(['webgpu fp16+q4 failed'], { wanted }))).toBe(
      'webgpu fp16+q4 forced-failed',
    );
    const other = ['other: webgpu fp32+q4 wrong', 'other: wasm q8+q8 correct 3'];
    expect(told(decide(other, { wanted }))).toBe('webgpu fp16+q4 forced-suspect');
  });

  it('takes the precision that is right', () => {
    const verdicts = ['webgpu fp16+q4 wrong', 'webgpu fp32+q4 correct 9'];
    expect(told(decide(verdicts, { wanted: 'webgpu' }))).toBe('webgpu fp32+q4 precision-wrong');
  });
});

it('keeps one verdict for each combination and place', () => {
  const first = verdictOf('wasm q8+q8 wrong', GPU);
  const second = { ...first, finding: 'correct', atMs: 1 } as const;
  const elsewhere = { ...first, browser: 'Chrome 157' };
  expect(withNote(withNote([first], elsewhere), second)).toEqual([elsewhere, second]);
});
