import type { UnmatchedTransfers } from '../../../functions/payments/application/bank-ports.ts';
import {
  isUndecided,
  type TransferDecision,
  type UnmatchedTransfer,
} from '../../../functions/payments/domain/unmatched-transfer.ts';

/** Transfers in memory, the oldest first. */
export class InMemoryUnmatchedTransfers implements UnmatchedTransfers {
  readonly #transfers = new Map<string, UnmatchedTransfer>();

  async keep(transfer: UnmatchedTransfer): Promise<void> {
    if (!this.#transfers.has(transfer.transferId)) this.#transfers.set(transfer.transferId, transfer);
  }

  async find(transferId: string): Promise<UnmatchedTransfer | undefined> {
    return this.#transfers.get(transferId);
  }

  async page(limit: number, after?: Pick<UnmatchedTransfer, 'transferId'>): Promise<readonly UnmatchedTransfer[]> {
    const open = [...this.#transfers.values()].filter(({ details }) => details !== undefined);
    const sorted = open.toSorted((one, other) => one.readAt.localeCompare(other.readAt));
    const from = after === undefined ? 0 : sorted.findIndex(({ transferId }) => transferId === after.transferId) + 1;
    return sorted.slice(from, from + limit);
  }

  async decide(transferId: string, decision: TransferDecision): Promise<UnmatchedTransfer> {
    const transfer = this.#known(transferId);
    const { refusedAt: _, ...before } = transfer;
    const decided = isUndecided(transfer) ? { ...before, decision } : transfer;
    this.#transfers.set(transferId, decided);
    return decided;
  }

  async refuse(transferId: string, { decidedAt }: TransferDecision, at: string): Promise<void> {
    const transfer = this.#known(transferId);
    if (transfer.decision?.decidedAt === decidedAt) this.#transfers.set(transferId, { ...transfer, refusedAt: at });
  }

  async settle({ transferId }: Pick<UnmatchedTransfer, 'transferId'>): Promise<void> {
    const { details: _, ...rest } = this.#known(transferId);
    this.#transfers.set(transferId, rest);
  }

  #known(transferId: string): UnmatchedTransfer {
    const transfer = this.#transfers.get(transferId);
    if (transfer === undefined) throw new Error(`There is no transfer ${transferId}.`);
    return transfer;
  }
}
