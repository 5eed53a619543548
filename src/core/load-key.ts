import type { LoadRequest } from './asr-api';

/** What tells one request from another: a file in memory is known by its size. */
export function loadKey(request: LoadRequest): string {
  return JSON.stringify(request, (key, value: unknown) =>
    key === 'blob' ? (value as { readonly size: number }).size : value,
  );
}
