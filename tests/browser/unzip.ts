/** The files of a zip as text, by the directory at its end. Enough for zips without zip64. */
export async function unzip(zip: Blob): Promise<Map<string, string>> {
  const view = new DataView(await zip.arrayBuffer());
  let end = view.byteLength - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  const files = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const path = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, name));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = zip.slice(start, start + view.getUint32(at + 20, true));
    const deflated = view.getUint16(at + 10, true) === 8;
    const stream = deflated
      ? packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))
      : packed.stream();
    files.set(path, await new Response(stream).text());
    at += 46 + name! + extra! + comment!;
  }
  return files;
}
