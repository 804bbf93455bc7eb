/** GB 18030, in which Alipay writes. The platform only decodes it: its decoder is asked for each of the signs of two bytes. */

const UNKNOWN = '?'.charCodeAt(0);
const decoder = new TextDecoder('gb18030', { fatal: true });
let known: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Signs that take four bytes are question marks. */
export function gb18030(text: string): Buffer {
  known ??= twoByteSigns();
  return Buffer.from(
    [...text].flatMap((sign) => {
      const code = sign.codePointAt(0)!;
      if (code < 0x80) return [code];
      return known!.get(sign) ?? [UNKNOWN];
    }),
  );
}

function twoByteSigns(): ReadonlyMap<string, readonly [number, number]> {
  const signs = new Map<string, readonly [number, number]>();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      if (second === 0x7f) continue;
      signs.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
    }
  }
  return signs;
}
