/** What has happened before an example of the API document, brought about on a running instance. */
import { randomUUID } from 'node:crypto';
import { ARTICLE } from '../../../functions/inventory/http/contracts/shown-stock.ts';
import { BOOKED_TRANSFER } from '../../../functions/ledger/http/contracts/transfer-books.ts';
import { ORDER_ID, RETURN_ID } from '../../../functions/orders/http/contracts/examples.ts';
import { ERASURE_ID } from '../../../functions/orders/http/contracts/personal-data.ts';
import { INSTANCE } from '../../../functions/partners/http/contracts/partners.ts';
import { TRANSFER_ID } from '../../../functions/payments/http/contracts/transfers.ts';
import { BOOK_TASK_ID, BROKEN_TRANSFER } from '../../../functions/recovery/http/contracts/book-tasks.ts';
import { TASK_ID } from '../../../functions/recovery/http/contracts/examples.ts';
import type { Example } from '../../../functions/shared/http/contract.ts';
import { bookTaskIdOf } from '../../../functions/shared/tasks/book-task.ts';
import type { Bank } from '../platform/bank.ts';
import { eventually } from '../run/eventually.ts';
import { allowed, contractOf, send } from './contract-calls.ts';
import { finalOrder, post } from './order-requests.ts';
import { commandTask, orderWithLockedPayment, reviewOf, undoTaskOf } from './task-requests.ts';

/** Ids in the document's examples, and the ids that they stand for here. */
type Entries = { readonly items: readonly { readonly transferId?: string }[] };
export type Names = Readonly<Record<string, string>>;

/** Most situations follow from another one by a command. */
const SITUATIONS: Readonly<Record<string, (url: string, bank?: Bank) => Promise<Names>>> = {
  'a transfer without a reference': async (_, bank) => ({ [TRANSFER_ID]: await bank!.payWithoutReference(12_900) }),
  'a transfer without a reference that is booked': async (url, bank) => {
    const transferId = await bank!.payWithoutReference(12_900);
    const query = { account: 'unmatched', limit: '100' };
    const example = { name: '', summary: '', query, answer: { status: 200 } };
    await eventually('the book of the transfer', async () => {
      const { items } = (await (await send(url, contractOf('listEntries'), example)).json()) as Entries;
      return items.some((entry) => entry.transferId === transferId) || undefined;
    });
    return { [BOOKED_TRANSFER]: transferId };
  },
  'a transfer whose books break a rule': async (url, bank) => {
    const { [BOOKED_TRANSFER]: transferId = '' } = await situation(
      url,
      'a transfer without a reference that is booked',
      bank,
    );
    const path = { transferId };
    await carriedOut(url, 'decideTransfer', { path, body: { type: 'done_outside', reason: 'Sent back at the bank.' } });
    // The reading of statements carries decisions out.
    await bank!.read();
    const postings = [
      { account: 'channel/bank_transfer', unit: 'CNY', amount: -310 },
      { account: 'unmatched', unit: 'CNY', amount: 310 },
    ];
    await carriedOut(url, 'correctTransferBook', { path, body: { reason: 'A mistake of ours.', postings } });
    const taskId = bookTaskIdOf({ transferId });
    await eventually('the task about the transfer', async () => {
      await carriedOut(url, 'auditNow', { body: { after: 'stock:zzz' } });
      const answer = await send(url, contractOf('getBookTask'), {
        name: '',
        summary: '',
        path: { taskId },
        answer: { status: 200 },
      });
      return answer.status === 200 || undefined;
    });
    return { [BOOK_TASK_ID]: taskId, [BROKEN_TRANSFER]: transferId };
  },
  'a held order': async (url) => {
    const orderId = await placed(url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
    return { [ORDER_ID]: orderId, [TASK_ID]: reviewOf(orderId) };
  },
  'a confirmed order': async (url) => {
    const orderId = await placed(url, { discountCodes: ['TEN-PERCENT'] });
    await finalOrder(url, orderId);
    return { [ORDER_ID]: orderId };
  },
  'a confirmed order that is booked': async (url) => {
    const names = await situation(url, 'a confirmed order');
    const example = { name: '', summary: '', path: { orderId: names[ORDER_ID]! }, answer: { status: 200 } };
    await eventually('the books of the order', async () => {
      const book = (await (await send(url, contractOf('getOrderBook'), example)).json()) as { postedUpTo: number };
      return book.postedUpTo > 0 || undefined;
    });
    return names;
  },
  'a shipped order': async (url) => after(url, 'a confirmed order', 'shipOrder'),
  'a delivered order': async (url) => after(url, 'a shipped order', 'deliverOrder'),
  'an erasure': async (url) => {
    const contract = contractOf('requestErasure');
    const answer = await send(url, contract, contract.examples[0]!);
    if (answer.status !== 202) throw new Error(`requestErasure answered ${answer.status}: ${await answer.text()}`);
    return { [ERASURE_ID]: ((await answer.json()) as { erasureId: string }).erasureId };
  },
  'no stock': async () => ({ [ARTICLE]: `TEAPOT-${randomUUID()}` }),
  'an article with stock': async (url) => stocked(url, `TEAPOT-${randomUUID()}`),
  'no instance': async () => ({ [INSTANCE]: `instance-${randomUUID()}` }),
  'an instance': async (url) => registered(url, `instance-${randomUUID()}`),
  'a cancelled order whose payment is still captured': async (url) => {
    const orderId = await orderWithLockedPayment(url);
    return { [ORDER_ID]: orderId, [TASK_ID]: undoTaskOf(orderId) };
  },
  'a cancelled order whose payment another operator wants to write off': async (url) => {
    const orderId = await orderWithLockedPayment(url);
    await commandTask(url, orderId, 'write-off', { comment: 'A voucher instead.' }, { by: 'O2' });
    return { [ORDER_ID]: orderId, [TASK_ID]: undoTaskOf(orderId) };
  },
  'a delivered order with a return': async (url) => after(url, 'a delivered order', 'requestReturn'),
  'a delivered order whose return was received': async (url) =>
    after(url, 'a delivered order with a return', 'receiveReturn'),
};

/** Brings about what has happened before an example. @param bank for what happens there */
export function situation(url: string, given = 'a confirmed order', bank?: Bank): Promise<Names> {
  const bringAbout = SITUATIONS[given];
  if (!bringAbout) throw new Error(`Tests do not know how to bring about ${given}.`);
  return bringAbout(url, bank);
}

async function placed(url: string, over: object): Promise<string> {
  const createOrder = contractOf('createOrder');
  const answer = await post(
    url,
    { ...(createOrder.examples[0]!.body as object), ...over },
    await allowed(url, createOrder),
  );
  if (answer.status !== 202) throw new Error(`createOrder answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { orderId: string }).orderId;
}

/** An instance of the carrier at the carrier's own address: an example may say that it lives, and it then gets calls. */
async function registered(url: string, id: string): Promise<Names> {
  const listed = await send(url, contractOf('listPartners'), { name: '', summary: '', answer: { status: 200 } });
  const { partners } = (await listed.json()) as { partners: { name: string; fallbackUrl: string }[] };
  const { hostname: host, port } = new URL(partners.find(({ name }) => name === 'carrier')!.fallbackUrl);
  const contract = contractOf('registerInstance');
  const body = { ...(contract.examples[0]!.body as object), id, host, port: Number(port), secure: false };
  const answer = await send(url, contract, { ...contract.examples[0]!, body });
  if (answer.status !== 201) throw new Error(`registerInstance answered ${answer.status}: ${await answer.text()}`);
  return { [INSTANCE]: id };
}

async function stocked(url: string, sku: string): Promise<Names> {
  const contract = contractOf('moveStock');
  const names = { [ARTICLE]: sku };
  const answer = await send(url, contract, renamed(contract.examples[0]!, names));
  if (answer.status !== 201) throw new Error(`moveStock answered ${answer.status}: ${await answer.text()}`);
  return names;
}

/** Carries out the first example of the command. */
async function after(url: string, given: string, operationId: string): Promise<Names> {
  const contract = contractOf(operationId);
  const names = await situation(url, given);
  const answer = await send(url, contract, renamed(contract.examples[0]!, names));
  if (answer.status >= 300) {
    throw new Error(`${contract.operationId} answered ${answer.status}: ${await answer.text()}`);
  }
  const { returnId } = (await answer.json()) as { returnId?: string };
  return returnId === undefined ? names : { ...names, [RETURN_ID]: returnId };
}

/** Sends a request that has to succeed. */
async function carriedOut(url: string, operationId: string, request: Pick<Example, 'path' | 'body'>): Promise<void> {
  const answer = await send(url, contractOf(operationId), {
    name: '',
    summary: '',
    answer: { status: 200 },
    ...request,
  });
  if (answer.status !== 200) throw new Error(`${operationId} answered ${answer.status}: ${await answer.text()}`);
}

export function renamed<Value>(value: Value, names: Names): Value {
  const text = Object.entries(names).reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(value));
  return JSON.parse(text) as Value;
}
