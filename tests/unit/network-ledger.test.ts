import { expect, test } from 'vitest';
import { ledgerCsv, ledgerJson } from '../../src/core/ledger-files';
import { buildLedger } from '../../src/core/network-ledger';
import type { NetworkReport } from '../../src/core/network-report';
import { timingReport } from '../../src/core/timing-report';
import { requestPurpose } from '../../src/core/request-purpose';

const APP = 'https://sotto.example/under/';
const LINK_WORKER = `${APP}assets/link.worker-D_adorBZ.js`;
const MODEL_WORKER = `${APP}assets/model-store.worker-CrN5e6lW.js`;

function report(change: Partial<NetworkReport>): NetworkReport {
  return {
    recorder: 'timing',
    url: `${APP}index.html`,
    method: 'GET',
    startMs: 1000,
    sentBytes: 0,
    receivedBytes: null,
    outcome: 'answered',
    answeredBy: null,
    asker: '',
    ...change,
  };
}

test.each([
  [`${APP}`, '', 'app'],
  [`${APP}assets/index-a.js`, '', 'app'],
  [`${APP}assets/ort-wasm-simd-threaded-a.wasm`, '', 'engine'],
  [`${APP}assets/silero_vad_v5-a.onnx`, '', 'engine'],
  [`${APP}models/sotto-demo/onnx/encoder_model.onnx`, '', 'demo-model'],
  [`${APP}samples/eight_sentences.flac`, '', 'sample'],
  ['https://huggingface.co/a/b/resolve/main/config.json', MODEL_WORKER, 'model'],
  ['https://sotto.example/mirror/a/b/resolve/main/config.json', MODEL_WORKER, 'model'],
  ['https://podcast.example/talk.mp3', LINK_WORKER, 'link'],
  ['https://sotto.example/elsewhere', '', 'app'],
  ['https://sotto.example.evil.example/', '', 'unexpected'],
  ['https://podcast.example/talk.mp3', `${APP}`, 'unexpected'],
  ['https://huggingface.co/a', `${APP}assets/asr.worker-a.js`, 'unexpected'],
])('%s, asked for by "%s", is for: %s', (url, asker, purpose) => {
  expect(requestPurpose(url, asker, APP)).toBe(purpose);
});

test('what three recorders tell of one download is one entry with all they know', () => {
  const url = 'https://hub.example/a/b/resolve/main/model.onnx';
  const told = [
    report({ recorder: 'passer', url, startMs: 5000, outcome: 'sent', asker: MODEL_WORKER }),
    report({ recorder: 'timing', url, startMs: 5004, asker: MODEL_WORKER }),
    report({
      recorder: 'program',
      url,
      startMs: 4990,
      receivedBytes: 41_000_000,
      answeredBy: 'cdn.example',
      asker: MODEL_WORKER,
    }),
  ];
  const { ledger } = buildLedger(told, [], APP);
  expect(ledger.entries).toEqual([
    {
      startMs: 4990,
      url,
      method: 'GET',
      host: 'hub.example',
      answeredBy: 'cdn.example',
      purpose: 'model',
      outcome: 'answered',
      sentBytes: 0,
      receivedBytes: 41_000_000,
    },
  ]);
  expect(ledger.totals).toEqual([
    { host: 'hub.example', requests: 1, sentBytes: 0, receivedBytes: 41_000_000 },
  ]);
});

test('requests of the same address stay apart', () => {
  const url = 'https://hub.example/model.onnx';
  const twice = [
    report({ recorder: 'passer', url, startMs: 1000, outcome: 'sent' }),
    report({ recorder: 'passer', url, startMs: 1010, outcome: 'sent' }),
    report({ recorder: 'program', url, startMs: 1001, receivedBytes: 1 }),
    report({ recorder: 'program', url, startMs: 1011, receivedBytes: 2 }),
  ];
  const bytes = (reports: readonly NetworkReport[]): unknown =>
    buildLedger(reports, [], APP).ledger.entries.map(({ receivedBytes }) => receivedBytes);
  expect(bytes(twice)).toEqual([2, 1]);
  // Later by more than a start of the service worker takes: a new try.
  expect(bytes([twice[0]!, report({ url, startMs: 9000 })])).toHaveLength(2);
  // What the service worker fetches for its cache is a request beside the page's own.
  const page = report({ recorder: 'timing', startMs: 1000, receivedBytes: 900 });
  const kept = report({ recorder: 'service-worker', startMs: 1100, receivedBytes: 900 });
  expect(bytes([page, kept])).toEqual([900, 900]);
});

test('a refused request is listed, and counts for nothing', () => {
  const url = 'https://hub.example/model.onnx';
  const locked = report({ recorder: 'passer', url, outcome: 'locked', asker: MODEL_WORKER });
  const failed = report({ recorder: 'timing', url, outcome: 'failed', asker: MODEL_WORKER });
  const { ledger } = buildLedger([locked, failed], [], APP);
  expect(ledger.entries.map(({ outcome }) => outcome)).toEqual(['locked']);
  expect(ledger.totals).toEqual([]);
});

test('of what is no longer listed the sums are kept, and its reports can go', () => {
  const many = Array.from({ length: 7 }, (_, i) =>
    report({ startMs: 10_000 * i, receivedBytes: 10, url: `${APP}${String(i)}.js` }),
  );
  const first = buildLedger(many, [], APP, 5);
  expect(first.ledger.entries.map(({ url }) => url.slice(APP.length))).toEqual([
    ...['6.js', '5.js', '4.js', '3.js', '2.js'],
  ]);
  expect(first.overflow.keys).toEqual([
    [0, 'timing', `${APP}0.js`],
    [10_000, 'timing', `${APP}1.js`],
  ]);
  const again = buildLedger(many.slice(2), first.overflow.totals, APP, 5);
  expect(again.ledger).toEqual(first.ledger);
  expect(again.ledger.totals).toEqual([
    { host: 'sotto.example', requests: 7, sentBytes: 0, receivedBytes: 70 },
  ]);
  expect(again.overflow.keys).toEqual([]);
});

test('a host is named without user, path and capitals', () => {
  const url = 'https://me:secret@Podcast.Example:8443/talk.mp3?x=@y';
  const { ledger } = buildLedger([report({ url })], [], APP);
  expect(ledger.entries[0]!.host).toBe('podcast.example:8443');
});

test('the files hold every request, and no formula', () => {
  const url = 'https://podcast.example/a,"b".mp3';
  const { ledger } = buildLedger(
    [report({ url, method: '=cmd()', startMs: 0, receivedBytes: 5, asker: LINK_WORKER })],
    [],
    APP,
  );
  expect(ledgerCsv(ledger)).toBe(
    'time,purpose,method,url,answered_by,outcome,sent_bytes,received_bytes\r\n' +
      `1970-01-01T00:00:00.000Z,link,'=cmd(),"https://podcast.example/a,""b"".mp3",,answered,0,5\r\n`,
  );
  const json = JSON.parse(ledgerJson(ledger)) as { requests: { url: string }[] };
  expect(json.requests.map((request) => request.url)).toEqual([url]);
});

test('what a page got from the service worker is no request, also where the browser does not tell that one was asked', () => {
  const timing = {
    name: `${APP}index.js`,
    startTime: 5,
    workerStart: 0,
    transferSize: 0,
    decodedBodySize: 0,
    responseStatus: 200,
  };
  const told = (change: object, by: 'timing' | 'service-worker' = 'timing') =>
    timingReport({ ...timing, ...change }, 1000, APP, by)?.receivedBytes;
  expect(told({})).toBeUndefined();
  expect(told({ transferSize: 400, decodedBodySize: 100 })).toBe(100);
  // Of another host nothing may be told.
  expect(told({ name: 'https://hub.example/a' })).toBeNull();
  // Its own request, which nobody answered.
  expect(told({ responseStatus: 0 }, 'service-worker')).toBeNull();
});
