/** The parts of X.509 in DER (ITU-T X.690) that certificates of this machine are made of. */

/** @param tag of the value, such as 0x30 for a sequence; its parts together have less than 64 KiB */
export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...header), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
export const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
export const time = (at: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** A certificate in PEM. @param content what is signed, in DER, as `algorithm` says */
export function certificateOf(content: Buffer, algorithm: Buffer, signature: Buffer): string {
  const lines = sequence(content, algorithm, der(0x03, Buffer.of(0), signature))
    .toString('base64')
    .match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
