import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import { urlParameter } from './parameters.ts';
import type { Partners } from './partners.ts';
import type { Probe } from './probe.ts';

export interface PartnerProps {
  /** The name in the answer of the health check, such as `payment-gateway`. */
  readonly name: string;
  /** The environment variable that tells functions its URL. */
  readonly variable: string;
  /** What function instances know together of all partners. */
  readonly partners: Partners;
}

/** Another company's service that functions call over HTTP; its URL is a setting of the deployment, the parameter `<id>Url`. */
export class Partner extends Group {
  readonly #props: PartnerProps;
  readonly #url: string;

  constructor(scope: Construct, id: string, props: PartnerProps) {
    super(scope, id);
    this.#props = props;
    this.#url = urlParameter(this, `${id}Url`, `Base URL of the ${props.name.replaceAll('-', ' ')}`);
  }

  /** Calls the partner: at one of its registered instances, or at its URL while none is up. */
  grantCall(caller: LambdaFunction): void {
    this.#props.partners.grantCall(caller);
    tell(caller, { [this.#props.variable]: this.#url });
  }

  get probe(): Probe {
    return { name: this.#props.name, kind: 'partner', target: this.#url };
  }
}
