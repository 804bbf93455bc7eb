import { AwsError } from './contracts.ts';

/** What the app's templates declare: a client may change it until the next start, and cannot delete it. */
export class Declared {
  readonly #arns = new Set<string>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  add(arn: string): void {
    this.#arns.add(arn);
  }

  has(arn: string): boolean {
    return this.#arns.has(arn);
  }

  /** @param code the service's own name for such a refusal. @throws AwsError */
  refuseDeletion(arn: string, code = 'ConflictException'): void {
    if (!this.#arns.has(arn)) return;
    throw new AwsError(code, `${arn} is declared by the app that runs here. Delete it from the app.`);
  }

  warnOfChange(arn: string): void {
    if (!this.#arns.has(arn)) return;
    this.#warn(`A client changed ${arn}, which the app declares. The next start gives it what the app says.`);
  }
}
