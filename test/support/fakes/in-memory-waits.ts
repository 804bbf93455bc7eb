import type { Wait, WaitingOrder, Waits } from '../../../functions/recovery/application/ports.ts';
import { isSame } from '../../../functions/recovery/application/release-wait.ts';
import type { AwaitedPartner } from '../../../functions/recovery/domain/waiting-step.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryWaits implements Waits {
  #waits: readonly Wait[] = [];

  async find(orderId: OrderId): Promise<readonly Wait[]> {
    return this.#waits.filter((wait) => wait.orderId === orderId);
  }

  async put(wait: Wait & { readonly taskToken: string }): Promise<void> {
    this.#waits = [...this.#waits.filter((known) => !isSame(known, wait)), wait];
  }

  async release(wait: Wait): Promise<void> {
    this.#update(wait, ({ taskToken: _, ...rest }) => rest);
  }

  async removeDeadline(wait: Wait): Promise<void> {
    this.#update(wait, ({ deadline: _, ...rest }) => rest);
  }

  async ready(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]> {
    return this.#waitingFor(partner)
      .sort((one, other) => one.readyAt - other.readyAt)
      .slice(0, limit);
  }

  async ending(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]> {
    return this.#waitingFor(partner)
      .filter(({ deadline }) => deadline !== undefined)
      .sort((one, other) => one.deadline! - other.deadline!)
      .slice(0, limit);
  }

  async count(partner: AwaitedPartner): Promise<number> {
    return this.#waitingFor(partner).length;
  }

  #waitingFor(partner: AwaitedPartner): WaitingOrder[] {
    return this.#waits
      .filter((wait) => wait.partner === partner && wait.taskToken !== undefined)
      .map(({ orderId, step, changeId, since, readyAt, heldBy, deadline }) => ({
        ...{ orderId, step, since, readyAt, heldBy },
        ...(changeId === undefined ? {} : { changeId }),
        ...(deadline === undefined ? {} : { deadline }),
      }));
  }

  #update({ taskToken, ...key }: Wait, change: (wait: Wait) => Wait): void {
    this.#waits = this.#waits.map((wait) =>
      isSame(wait, key) && wait.taskToken === taskToken && taskToken !== undefined ? change(wait) : wait,
    );
  }
}
