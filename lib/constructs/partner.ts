import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  CIRCUIT_CHANGES,
  CIRCUIT_STORE_UNAVAILABLE,
  CREDENTIAL_REFUSED,
  CREDENTIAL_UNAVAILABLE,
} from '../../functions/shared/outbound/metrics.ts';
import { environmentOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import { urlParameter } from './parameters.ts';
import { PartnerCredential } from './partner-credential.ts';
import type { Partners } from './partners.ts';
import type { Probe } from './probe.ts';

export interface PartnerProps {
  /** The name in the answer of the health check, such as `payment-gateway`. */
  readonly name: string;
  /** The environment variable that tells functions its URL. */
  readonly variable: string;
  /** The environment variable that names the secret with our credential. */
  readonly credentialVariable: string;
  /** Its base URL, unless a deployment names another one. @default each deployment names it */
  readonly byDefault?: string;
  /** The stack of its alarms. @default its own */
  readonly alarms?: Construct;
  /** What function instances know together of all partners. */
  readonly partners: Partners;
}

/** Another company's service that functions call over HTTP; its URL is a setting of the deployment, the parameter `<id>Url`. */
export class Partner extends Group {
  readonly #props: PartnerProps;
  readonly url: string;
  readonly credential: PartnerCredential;

  constructor(scope: Construct, id: string, props: PartnerProps) {
    super(scope, id);
    this.#props = props;
    const { name, byDefault } = props;
    this.url = urlParameter(this, `${id}Url`, `Base URL of the ${name.replaceAll('-', ' ')}`, byDefault);
    this.credential = new PartnerCredential(props.partners, `${id}Credential`, props.name.replaceAll('-', ' '));
    this.#alarms(id);
  }

  /** Lets a function verify what the partner signs: the partner's keys are beside our credential, or it is asked for them. */
  grantVerify(reader: LambdaFunction): void {
    this.credential.grantRead(reader);
    tell(reader, { [this.#props.variable]: this.url, [this.#props.credentialVariable]: this.credential.arn });
  }

  /** Calls the partner with our credential: at one of its registered instances, or at its URL while none is up. */
  grantCall(caller: LambdaFunction): void {
    this.#props.partners.grantCall(caller);
    this.grantVerify(caller);
  }

  #alarms(id: string): void {
    const { name, alarms = this } = this.#props;
    const sumOf = (metricName: string): Metric =>
      new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName,
        dimensionsMap: { Partner: name },
        period: Duration.minutes(5),
        statistic: 'Sum',
      });
    alarm(alarms, `${id}CircuitOpen`, {
      metric: sumOf(CIRCUIT_CHANGES.open.name),
      threshold: 1,
      severity: 'warning',
      description: `The circuit of ${name} has opened: it did not answer, and gets only a few calls until it does. Orders wait for it.`,
      runbook: 'partner-away',
    });
    alarm(alarms, `${id}CredentialRefused`, {
      metric: sumOf(CREDENTIAL_REFUSED.name),
      threshold: 1,
      severity: 'critical',
      description: `The partner ${name} does not accept our credential: orders wait for it.`,
      runbook: 'partner-credential',
    });
    alarm(alarms, `${id}CredentialUnavailable`, {
      metric: sumOf(CREDENTIAL_UNAVAILABLE.name),
      threshold: 10,
      severity: 'warning',
      description: `Functions cannot read our credential for ${name}: they go on with the last one that they know, and new instances with none.`,
      runbook: 'partner-credential',
    });
    alarm(alarms, `${id}CircuitStoreUnavailable`, {
      metric: sumOf(CIRCUIT_STORE_UNAVAILABLE.name),
      threshold: 10,
      severity: 'warning',
      description: `Function instances call ${name} by what each of them knows: the table of partners does not answer within a quarter of a second.`,
      runbook: 'partner-table-unavailable',
    });
  }

  /** The name in the answer of the health check, such as `payment-gateway`. */
  get partnerName(): string {
    return this.#props.name;
  }

  get probe(): Probe {
    return { name: this.#props.name, kind: 'partner', target: this.url };
  }
}
