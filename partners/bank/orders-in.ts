/** What the bank reads of a `pain.001.001.09`. */
import { HttpError } from '../shared/http.ts';
import { type Instruction, minorUnitsOf } from './protocol.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/** @throws HttpError 400 */
export function ordersIn(document: string): { readonly messageId: string; readonly instructions: Instruction[] } {
  if (!document.includes(NAMESPACE)) fault('The document is no pain.001.001.09.');
  const [head = '', ...rest] = document.split('<CdtTrfTxInf>');
  const instructions = rest.map(instructionIn);
  const [messageId = '', stated = ''] = [textOf(head, 'MsgId'), textOf(head, 'NbOfTxs')];
  if (messageId.length > 35 || messageId === '') fault('MsgId has 1 to 35 characters.');
  if (instructions.length === 0 || Number(stated) !== instructions.length) fault('NbOfTxs is another number.');
  return { messageId, instructions };
}

function instructionIn(part: string): Instruction {
  const [, currency = '', decimal = ''] = /<InstdAmt Ccy="([A-Z]{3})">([^<]*)<\/InstdAmt>/.exec(part) ?? [];
  const amount = minorUnitsOf(decimal, currency);
  const endToEndId = textOf(part, 'EndToEndId') ?? '';
  const creditor = { name: textOf(part, 'Nm') ?? '', iban: textOf(part, 'IBAN') ?? '' };
  if (amount === undefined || amount === 0) return fault('InstdAmt is no amount.');
  if (endToEndId === '' || endToEndId.length > 35) return fault('EndToEndId has 1 to 35 characters.');
  if (creditor.name === '' || creditor.iban === '') return fault('The creditor has no name or no account.');
  const text = textOf(part, 'Ustrd');
  return { endToEndId, amount, currency, creditor, ...(text === undefined ? {} : { text }) };
}

const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const textOf = (part: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(part)?.[1]
    ?.replace(/&(\w+);/g, (whole, sign: string) => SIGNS[sign] ?? whole);

function fault(detail: string): never {
  throw new HttpError(400, 'FORMAT_ERROR', detail);
}
