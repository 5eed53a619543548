import { expect, it } from 'vitest';
import { judgeRange } from '../../workers/models/response-range';

/** A server whose file ends at byte 80. */
function refusal(): Response {
  return new Response(null, { status: 416, headers: { 'Content-Range': 'bytes */80' } });
}

it('takes a file for whole at its end only where nobody said another size', () => {
  const unsized = { offset: 80, sizeBytes: null, etag: null };
  expect(judgeRange(refusal(), unsized).kind).toBe('complete');
  expect(judgeRange(refusal(), { ...unsized, offset: 70 }).kind).toBe('ask-again');
  expect(judgeRange(refusal(), { ...unsized, sizeBytes: 100 }).kind).toBe('ask-again');
});
