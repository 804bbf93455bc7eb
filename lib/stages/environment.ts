import { RemovalPolicy, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { emulatorOf } from '../emulator/emulator-of.ts';
import { type Stage, stageNamed } from './stage.ts';
import { STAGES } from './stages.ts';

/** What stacks are called in the environment without a name, which one machine and earlier releases have. */
const APP = 'Waybill';

/** The environment that the app is made for. */
export interface Environment {
  /** What the names of its stacks begin with, before a hyphen: no other environment's do. */
  readonly prefix: string;
  /** Whether it is a stage. */
  readonly isNamed: boolean;
  /** The stage's. */
  readonly name?: string;
  /** Of every stack. */
  readonly stackProps: StackProps;
  /** Where its metrics are in CloudWatch. */
  readonly metricsNamespace: string;
  /** Whether data, parked orders and dead letters stay when stacks are deleted. */
  readonly keepsData: boolean;
  /** The days of point-in-time recovery. */
  readonly recoveryDays: number;
  readonly logRetention: RetentionDays;
  /** Of the personal data of orders at rest. */
  readonly personalDataDays: number;
  /** How callers come to a new version of a function, and executions to one of a state machine. */
  readonly rollout: Stage['rollout'];
  /** Of the audit trail. */
  readonly auditRetention: RetentionDays;
  /** Whether what is kept is encrypted with a key of its own. */
  readonly customerManagedKey: boolean;
  /** Of a web ACL, see the stage's. @default no web ACL */
  readonly requestsPerAddress?: number;
  /** @default the API has the name that API Gateway makes */
  readonly domain?: NonNullable<Stage['domain']>;
  /** Whether the app sets API Gateway's role for logs, which the account has one of in a region. */
  readonly setsAccountLogging: boolean;
}

const LONGEST_RECOVERY_DAYS = 35;
const A_MONTH = 30;
/** In which a customer can claim a refund in most countries. */
const THREE_YEARS = 1_095;
/** An audit of a year takes place after its end. */
const A_YEAR_AND_A_MONTH = 400;

/**
 * Follows from the context value `stage`, which names one of `stages.ts`; without it, the environment without a name: it keeps its data unless the context
 * value `ephemeral` says that it comes and goes. @throws Error when the stage is not known, or wrong
 */
export function environmentOf(scope: Construct): Environment {
  const name = scope.node.tryGetContext('stage') as string | undefined;
  return name === undefined ? unnamed(scope) : ofStage(scope, stageNamed(name, STAGES));
}

function unnamed(scope: Construct): Environment {
  const isEphemeral = [true, 'true'].includes(scope.node.tryGetContext('ephemeral') as boolean | string);
  return {
    prefix: APP,
    isNamed: false,
    stackProps: {},
    metricsNamespace: METRICS_NAMESPACE,
    keepsData: !isEphemeral,
    recoveryDays: LONGEST_RECOVERY_DAYS,
    logRetention: A_MONTH,
    personalDataDays: THREE_YEARS,
    rollout: 'at-once',
    auditRetention: A_YEAR_AND_A_MONTH,
    customerManagedKey: false,
    setsAccountLogging: true,
  };
}

function ofStage(scope: Construct, stage: Stage): Environment {
  const { name, account, region } = stage;
  const isEmulated = emulatorOf(scope) !== undefined;
  return {
    prefix: prefixOf(name),
    isNamed: true,
    name,
    stackProps: {
      // An emulator has an account and a region of its own.
      ...(isEmulated ? {} : { env: { ...(account && { account }), ...(region && { region }) } }),
      terminationProtection: stage.terminationProtection && !isEmulated,
      tags: { 'waybill:stage': name },
    },
    metricsNamespace: `${METRICS_NAMESPACE}/${name}`,
    keepsData: stage.keepsData && !isEmulated,
    recoveryDays: stage.recoveryDays,
    logRetention: stage.logDays,
    personalDataDays: stage.personalDataDays,
    // Emulators have no CodeDeploy.
    rollout: isEmulated ? 'at-once' : stage.rollout,
    auditRetention: stage.auditDays,
    // Emulators encrypt nothing.
    customerManagedKey: stage.customerManagedKey === true && !isEmulated,
    setsAccountLogging: stage.accountLogging === 'set',
    // Emulators have neither web ACLs nor certificates.
    ...(isEmulated || stage.requestsPerAddress === undefined ? {} : { requestsPerAddress: stage.requestsPerAddress }),
    ...(isEmulated || stage.domain === undefined ? {} : { domain: stage.domain }),
  };
}

/** Not with a hyphen: `Waybill-` is what names without a stage begin with. */
export const prefixOf = (stage: string | undefined): string =>
  stage === undefined ? APP : `${APP}${stage[0]!.toUpperCase()}${stage.slice(1)}`;

/** What becomes of a resource when its stack is deleted, or when an update replaces it. */
export const removalPolicyOf = (scope: Construct): RemovalPolicy =>
  environmentOf(scope).keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
