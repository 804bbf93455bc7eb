/** Amounts as Alipay and the bills of both channels write them: yuan with two decimals. Everywhere else they are whole fen. */

const YUAN = /^(?<sign>-?)(?<yuan>0|[1-9]\d{0,12})(?:\.(?<fen>\d{1,2}))?$/;

/** `8800` is `"88.00"`. @param fen a whole number @throws RangeError */
export function yuanOf(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`An amount is a whole number of fen, got ${fen}.`);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `"88.00"`, `"88.0"` and `"88"` are `8800`; undefined for what is no amount of whole fen. */
export function fenOf(text: string): number | undefined {
  const { sign, yuan, fen = '' } = YUAN.exec(text)?.groups ?? {};
  if (yuan === undefined) return undefined;
  const amount = Number(yuan + fen.padEnd(2, '0'));
  return sign === '-' && amount !== 0 ? -amount : amount;
}
