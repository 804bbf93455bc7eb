/** The result of a check in words. */
import type { AuditPart, Balance, Finding } from './audit-client.ts';

/** What all parts have found together. */
export class AuditReport {
  #orders = 0;
  #articles = 0;
  #transfers = 0;
  readonly #findings: Finding[] = [];
  readonly #failed: string[] = [];
  readonly #balances = new Map<string, Balance>();
  readonly #now: number;

  /** @param now milliseconds since the epoch: what the age of findings is counted to */
  constructor(now: number) {
    this.#now = now;
  }

  add({ checked, articles, transfers, findings, failed, balances }: AuditPart): void {
    this.#orders += checked;
    this.#articles += articles;
    this.#transfers += transfers;
    this.#findings.push(...findings);
    this.#failed.push(...failed);
    for (const { account, unit, amount } of balances) {
      const key = `${account} ${unit}`;
      this.#balances.set(key, { account, unit, amount: amount + (this.#balances.get(key)?.amount ?? 0) });
    }
  }

  /** How much was checked, in words. */
  get checked(): string {
    return `${this.#orders} orders, ${this.#articles} articles and ${this.#transfers} transfers without a reference`;
  }

  /** Whether no rule is broken; what is under way may still close. */
  get isClean(): boolean {
    return this.#wrong().length === 0 && this.#failed.length === 0 && this.#unbalanced().length === 0;
  }

  lines(): string[] {
    const underWay = this.#findings.filter((finding) => finding.underWay);
    const faults = [
      ...this.#wrong().map((finding) => `✗ ${subjectOf(finding)}: ${finding.rule}: ${finding.detail}`),
      ...this.#failed.map((book) => `✗ ${nameOf(book)} could not be checked; the log says why.`),
      ...this.#unbalanced().map(([unit, sum]) => `✗ all accounts together have ${sum} ${unit}, expected 0.`),
    ];
    return [
      ...this.#money().map(
        ({ account, unit, amount }) => `  ${account.padEnd(20)} ${String(amount).padStart(14)} ${unit}`,
      ),
      ...underWay.map(
        (finding) =>
          `· ${subjectOf(finding)}: ${finding.rule} is under way since ${finding.since} (${this.#ageOf(finding)}): ${finding.detail}`,
      ),
      ...faults,
      faults.length === 0
        ? `✓ The books of ${this.checked} balance, and break no rule.`
        : `The books of ${this.checked} break rules in ${faults.length} places.`,
    ];
  }

  #ageOf({ since }: Finding): string {
    const hours = Math.floor((this.#now - Date.parse(since)) / 3_600_000);
    if (hours < 1) return 'less than an hour';
    return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
  }

  #wrong(): readonly Finding[] {
    return this.#findings.filter((finding) => !finding.underWay);
  }

  #unbalanced(): readonly [string, number][] {
    const sums = new Map<string, number>();
    for (const { unit, amount } of this.#balances.values()) sums.set(unit, (sums.get(unit) ?? 0) + amount);
    return [...sums].filter(([, sum]) => sum !== 0);
  }

  /** Accounts of stock have a line for each article: too many to show. */
  #money(): readonly Balance[] {
    return [...this.#balances.values()]
      .filter(({ unit, amount }) => /^[A-Z]{3}$/.test(unit) && amount !== 0)
      .sort((one, other) => one.account.localeCompare(other.account));
  }
}

function subjectOf({ orderId, sku, transferId }: Finding): string {
  if (sku !== undefined) return `article ${sku}`;
  return transferId === undefined ? `order ${orderId}` : `transfer ${transferId}`;
}

function nameOf(book: string): string {
  const [, kind, id] = /^(stock|transfer):(.*)$/.exec(book) ?? [];
  return kind === undefined ? `order ${book}` : `${kind === 'stock' ? 'article' : 'transfer'} ${id}`;
}
