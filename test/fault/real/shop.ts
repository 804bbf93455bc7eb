/** A shop that sells through the platform's API, and never gives up on a request that may have been lost. */
import type { TokenRequest } from '../../../launch/clients/tokens.ts';
import { orderBody } from '../../support/api/order-requests.ts';
import { type Command, type PlannedOrder, SHIRT } from '../load.ts';
import { type IsOver, PatientClient, type PatientRequest } from './patient-client.ts';

const CUSTOMER: TokenRequest = { sub: 'C1', role: 'customer' };
const OPERATOR: TokenRequest = {
  sub: 'O1',
  role: 'operator',
  scope: 'orders:read orders:approve orders:refund orders:fulfil',
};

export class Shop {
  readonly #client: PatientClient;

  constructor(url: string) {
    this.#client = new PatientClient(url);
  }

  /** The id of the order; undefined when it was not accepted. */
  async place({ token, postalCode, item }: PlannedOrder, isOver: IsOver): Promise<string | undefined> {
    const body = orderBody({ items: [item], token, postalCode });
    const answer = await this.#client.untilAnswered(isOver, CUSTOMER, { method: 'POST', path: '/orders', body });
    return answer?.status === 202 ? (JSON.parse(answer.text) as { orderId: string }).orderId : undefined;
  }

  /** Resolves to whether the platform took the command. */
  async send(orderId: string, command: Command, isOver: IsOver): Promise<boolean> {
    const request = await this.#requestFor(orderId, command, isOver);
    const answer =
      request && (await this.#client.untilAnswered(isOver, command === 'cancel' ? CUSTOMER : OPERATOR, request));
    return answer?.status === 202;
  }

  async #requestFor(orderId: string, command: Command, isOver: IsOver): Promise<PatientRequest | undefined> {
    const post = (path: string, body: unknown = {}): PatientRequest => ({
      method: 'POST',
      path: `/orders/${orderId}/${path}`,
      body,
    });
    switch (command) {
      case 'cancel':
      case 'approve':
      case 'reject':
      case 'ship':
      case 'deliver':
        return post(command);
      case 'change-items':
        return { ...post('items', { items: [{ sku: SHIRT, quantity: 2 }] }), method: 'PUT' };
      case 'change-address': {
        const { shippingAddress } = orderBody();
        return {
          ...post('shipping-address', { shippingAddress: { ...shippingAddress, street: '1 Bund' } }),
          method: 'PUT',
        };
      }
      case 'refund-part':
        return post('refunds', { type: 'amount', amount: { amount: 100, currency: 'CNY' } });
      case 'request-return':
        return post('returns', { items: [{ sku: SHIRT, quantity: 1 }] });
      case 'receive-return': {
        const returnId = await this.#returnOf(orderId, isOver);
        return returnId === undefined ? undefined : post(`returns/${returnId}/receive`);
      }
    }
  }

  async #returnOf(orderId: string, isOver: IsOver): Promise<string | undefined> {
    const answer = await this.#client.untilAnswered(isOver, OPERATOR, { method: 'GET', path: `/orders/${orderId}` });
    return answer && (JSON.parse(answer.text) as { returns: { returnId: string }[] }).returns[0]?.returnId;
  }
}
