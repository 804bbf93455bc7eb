/** What customers do at the simulated channels of payment. They try again while a channel or the platform is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bank } from '../support/platform/bank.ts';
import type { Instance } from '../support/platform/instance.ts';
import { Wallet } from '../support/platform/wallets.ts';
import type { SeenOrder } from './lives.ts';
import type { Paying } from './ways-to-pay.ts';

const PAUSE_MS = 500;
/** In minor units. */
const TOO_MUCH = 123;

export class Checkout {
  readonly #instance: () => Instance;
  readonly #bank: Bank;

  /** @param instance throws while the platform does not run */
  constructor(instance: () => Instance, bank: Bank) {
    this.#instance = instance;
    this.#bank = bank;
  }

  /** @throws Error for an action that no customer understands */
  async pay({ orderId, payment, total }: SeenOrder, paying: Paying): Promise<void> {
    const { action, method } = payment;
    if (action?.type === 'transfer') return this.#transfer(orderId, action.reference!, total.amount, paying);
    await this.#untilDone(async () => {
      const { gatewayUrl, alipayUrl, wechatPayUrl } = this.#instance();
      if (method === 'card') return answerChallenge(`${gatewayUrl}/challenge/${orderId}`, paying);
      const [wallet, path] = method === 'alipay' ? [alipayUrl, action?.url] : [wechatPayUrl, action?.url];
      // The channel may have got another address since.
      const url = path === undefined ? undefined : new URL(new URL(path).pathname + new URL(path).search, wallet).href;
      await new Wallet(wallet).pay(orderId, { type: action!.type, ...(url && { url }) });
    });
  }

  async #transfer(orderId: string, reference: string, amount: number, paying: Paying): Promise<void> {
    const first = Math.ceil(amount / 3);
    const parts = {
      'pays in two parts': [first, amount - first],
      'pays too much': [amount + TOO_MUCH],
      'pays too little': [first],
    }[paying as string] ?? [amount];
    // By the name, the ledger tells for which order somebody has paid or was paid.
    const debtor = { name: orderId, iban: 'DE89370400440532013000' };
    for (const part of parts) await this.#untilDone(() => this.#bank.transfer({ reference, amount: part, debtor }));
  }

  /** A transfer whose answer is lost is made twice: what is too much comes back. */
  async #untilDone(act: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await act();
        return;
      } catch {
        await sleep(PAUSE_MS);
      }
    }
  }
}

async function answerChallenge(url: string, paying: Paying): Promise<void> {
  const body = new URLSearchParams({ answer: paying === 'fails' ? 'fail' : 'pass' });
  const { status } = await fetch(url, { method: 'POST', body });
  if (status >= 500) throw new Error(`The challenge was answered ${status}.`);
}
