import { AwsError, type FunctionInvoker, type ServiceContext } from '../contracts.ts';
import { PENDING, type Rotation, type Secret, versionAt, withVersion } from './secret.ts';
import type { SecretFiles } from './secret-files.ts';

/** As Secrets Manager calls a rotation function, one after the other. */
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const DAY_MS = 24 * 3_600_000;
/** How often it is looked whether a rotation is due; one that failed is tried again then. */
const LOOK_MS = 3_600_000;

export interface RotationsOptions extends Pick<ServiceContext, 'clock' | 'newId' | 'warn'> {
  readonly secrets: SecretFiles;
  readonly invoker: FunctionInvoker;
}

/** Replaces secrets by new ones, with the help of the function that each secret names. */
export class Rotations {
  readonly #options: RotationsOptions;
  readonly #underWay = new Set<string>();
  #stopLooking = (): void => {};

  constructor(options: RotationsOptions) {
    this.#options = options;
  }

  /** The first rotation is due after the interval, and is not moved by a later start. */
  schedule(arn: string, functionArn: string, everyDays: number): void {
    const { secrets, clock } = this.#options;
    const secret = secrets.get(arn);
    const nextAt = secret.rotation?.everyDays === everyDays ? secret.rotation.nextAt : clock.now() + everyDays * DAY_MS;
    secrets.put({ ...secret, rotation: { functionArn, everyDays, nextAt } });
  }

  /** Begins a rotation, or tries one again that did not end; it goes on by itself. @throws AwsError when the secret has none */
  begin(
    secret: Secret,
    token = this.#options.newId(),
  ): { readonly arn: string; readonly name: string; readonly id: string } {
    const { arn, name, rotation } = secret;
    if (rotation === undefined) {
      throw new AwsError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
    }
    const pending = versionAt(secret, PENDING);
    const isOpen = pending !== undefined && pending.stages.length === 1;
    const id = isOpen ? pending.id : token;
    if (!this.#underWay.has(arn)) {
      if (!isOpen) {
        const begun = { id, at: this.#options.clock.now(), stages: [PENDING] };
        this.#options.secrets.put(withVersion(secret, begun));
      }
      this.#underWay.add(arn);
      void this.#rotate(arn, rotation, id).finally(() => this.#underWay.delete(arn));
    }
    return { arn, name, id };
  }

  /** Rotates what is due, from now on. */
  watch(): void {
    const { secrets, clock } = this.#options;
    for (const secret of secrets.all()) {
      if (secret.rotation !== undefined && secret.rotation.nextAt <= clock.now()) this.begin(secret);
    }
    this.#stopLooking = clock.at(clock.now() + LOOK_MS, () => this.watch());
  }

  close(): void {
    this.#stopLooking();
  }

  async #rotate(arn: string, { functionArn, everyDays }: Rotation, id: string): Promise<void> {
    const { secrets, invoker, clock, warn } = this.#options;
    for (const Step of STEPS) {
      const event = { Step, SecretId: arn, ClientRequestToken: id };
      const failure = await invoker.invoke(functionArn, JSON.stringify(event)).then(
        ({ functionError, payload }) => (functionError === undefined ? undefined : payload),
        (error: unknown) => String(error),
      );
      if (failure !== undefined) return warn(`The rotation of ${arn} stopped at ${Step}: ${failure}`);
    }
    const now = clock.now();
    const rotation = { functionArn, everyDays, nextAt: now + everyDays * DAY_MS };
    secrets.put({ ...secrets.get(arn), rotation, rotatedAt: now });
  }
}
