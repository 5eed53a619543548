import { afterEach, describe, expect, it, vi } from 'vitest';
import { linkFileName } from '../../src/core/link-name';
import { cutShort, endsShort, mediaType, refuseResponse } from '../../src/core/link-response';
import { openLink, type FetchEvent } from '../../src/pipeline/open-link';
import { parseLink, refuseInsecure } from '../../src/pipeline/parse-link';

describe('the name of a fetched file', () => {
  it.each([
    ['attachment; filename="my talk.mp3"', '/x', 'my talk.mp3'],
    ['attachment; filename=talk.mp3', '/x', 'talk.mp3'],
    [`attachment; filename="cafe.mp3"; filename*=UTF-8''caf%C3%A9.mp3`, '/x', 'café.mp3'],
    ['attachment; filename="say \\"hi\\".mp3"', '/x', 'say "hi".mp3'],
    ['attachment; filename="../../etc/passwd"', '/x', 'passwd'],
    ['attachment', '/shows/talk.mp3', 'talk.mp3'],
    [null, '/shows/G%C3%A4ste%20heute.ogg', 'Gäste heute.ogg'],
    [null, '/shows/100%.ogg', '100%.ogg'],
    [null, '/shows/a%2Fb%0A.ogg', 'b.ogg'],
    [null, '/shows/latest/', 'latest'],
    [null, '/', 'example.org'],
  ])('%s and %s give %s', (disposition, pathname, expected) => {
    expect(linkFileName(disposition, pathname, 'example.org')).toBe(expected);
  });
});

describe('what a host answers', () => {
  const answered = (status: number, contentType: string | null = 'audio/mpeg') =>
    refuseResponse({ host: 'example.org', status, contentType })?.code ?? null;

  it('tells a recording from everything else', () => {
    expect([200, 206].map((status) => answered(status))).toEqual([null, null]);
    expect([404, 410].map((status) => answered(status))).toEqual(['link-missing', 'link-missing']);
    expect([401, 403].map((status) => answered(status))).toEqual(['link-refused', 'link-refused']);
    expect([304, 429, 500].map((status) => answered(status))).toEqual(Array(3).fill('link-failed'));
    expect(answered(200, 'Text/HTML; charset=utf-8')).toBe('link-web-page');
    expect(answered(200, 'application/octet-stream')).toBeNull();
    expect(answered(200, null)).toBeNull();
    // A page that says that there is no file is no mistake of the person's link.
    expect(answered(404, 'text/html')).toBe('link-missing');
  });

  it('keeps a MIME type only where a player can use it', () => {
    expect(mediaType('Audio/MPEG; rate=44100')).toBe('audio/mpeg');
    expect(mediaType('application/ogg')).toBe('application/ogg');
    expect(mediaType('application/octet-stream')).toBe('');
    expect(mediaType(null)).toBe('');
  });

  it('knows an end that came too soon, and how much there is', () => {
    expect(endsShort(999_999, null)).toBe(false);
    expect(endsShort(1_000_000, 1_000_000)).toBe(false);
    expect(endsShort(990_000, 1_000_000)).toBe(true);
    // gzip made it longer on its way
    expect(endsShort(1_000_000, 1_000_321)).toBe(false);
    expect(cutShort(12_300_000, 40_100_000).message).toContain('after 12.3 of 40.1 MB. Try again.');
    expect(cutShort(12_300_000, null).message).toContain('after 12.3 MB. Try again.');
  });
});

describe('a pasted text', () => {
  it('is taken where it is an http or https link', () => {
    expect(parseLink(' https://example.org/a.mp3\n').href).toBe('https://example.org/a.mp3');
    expect(parseLink('http://example.org').protocol).toBe('http:');
  });

  it.each([
    ['example.org/a.mp3', /not a link/],
    ['hello there', /not a link/],
    ['', /not a link/],
    ['file:///home/me/a.mp3', /begins with file:/],
    ['javascript:alert(1)', /begins with javascript:/],
    ['https://me:secret@example.org/a.mp3', /name or password/],
  ])('"%s" is refused with a reason', (text, reason) => {
    expect(() => parseLink(text)).toThrow(reason);
  });

  it('is refused by a secure page where the host is not, this machine aside', () => {
    const check = (link: string, page: string) => () => refuseInsecure(new URL(link), page);
    expect(check('http://example.org/a', 'https:')).toThrow(/secure page/);
    expect(check('http://example.org/a', 'http:')).not.toThrow();
    expect(check('https://example.org/a', 'https:')).not.toThrow();
    expect(check('http://localhost:8000/a', 'https:')).not.toThrow();
    expect(check('http://127.0.0.1/a', 'https:')).not.toThrow();
    expect(check('http://localhost.example.org/a', 'https:')).toThrow(/secure page/);
  });
});

describe('fetching', () => {
  const never = new AbortController().signal;
  afterEach(() => vi.unstubAllGlobals());

  /** A client that yields `sizes` bytes, each block filled with its index. */
  function clientOf(sizes: readonly number[], totalBytes: number | null) {
    const rest = [...sizes.entries()];
    let open = false;
    const info = { host: 'cdn.example.org', fileName: 'a.mp3', type: 'audio/mpeg', totalBytes };
    const next = (): Promise<Uint8Array<ArrayBuffer> | null> => {
      const [i, size] = rest.shift() ?? [0, null];
      return Promise.resolve(size === null ? null : new Uint8Array(size).fill(i));
    };
    const close = (): void => void (open = false);
    return {
      isOpen: () => open,
      left: () => rest.length,
      open: () => ((open = true), Promise.resolve({ info, next, close })),
    };
  }
  function browserWith(quota: number): void {
    vi.stubGlobal('location', { protocol: 'http:' });
    const estimate = () => Promise.resolve({ quota, usage: 1000 });
    vi.stubGlobal('navigator', { storage: { estimate } });
  }

  it('gives all bytes in order and tells which host is asked before it is', async () => {
    browserWith(1e12);
    const client = clientOf([5_000_000, 5_000_000, 3], 10_000_003);
    const events: (FetchEvent & { open: boolean })[] = [];
    const file = await openLink(
      never,
      new URL('http://example.org/a.mp3'),
      (event) => events.push({ ...event, open: client.isOpen() }),
      client,
    );
    expect(events[0]).toMatchObject({ host: 'example.org', loadedBytes: 0, open: false });
    expect(events.at(-1)).toMatchObject({ host: 'cdn.example.org', loadedBytes: 10_000_003 });
    expect([file.name, file.type, file.size]).toEqual(['a.mp3', 'audio/mpeg', 10_000_003]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([bytes[4_999_999], bytes[5_000_000], bytes.at(-1)]).toEqual([0, 1, 2]);
    expect(client.isOpen()).toBe(false);
  });

  it.each([
    ['before its first byte where the size is known', 3_000_000, 2],
    ['as soon as it is too large where it is not', null, 0],
  ])('refuses what does not fit, %s', async (_, totalBytes, left) => {
    browserWith(1_001_000);
    const client = clientOf([900_000, 900_000], totalBytes);
    const url = new URL('http://example.org/a.mp3');
    const fetched = openLink(never, url, () => undefined, client);
    await expect(fetched).rejects.toMatchObject({ code: 'link-too-large' });
    expect(client.left()).toBe(left);
    expect(client.isOpen()).toBe(false);
  });
});
