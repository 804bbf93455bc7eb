/** What must hold before a stage is deployed: pure rules over what the account says and what the deployment wants. */
import type { Stage } from '../../../lib/stages/stage.ts';
import { deployedParameters, type TemplateParameter } from '../settings.ts';
import type { Caller, Concurrency, DeployedStack } from './account.ts';

/** One check, for the person who deploys. */
export interface Finding {
  /** What was looked at. */
  readonly subject: string;
  readonly verdict: 'good' | 'warning' | 'wrong';
  readonly got: string;
  readonly expected: string;
  /** What to do about it. @default nothing is to be done */
  readonly remedy?: string;
}

export interface Facts {
  readonly caller: Caller;
  readonly bootstrapVersion: number | undefined;
  readonly concurrency: Concurrency;
  readonly loggingRole: string | undefined;
  readonly stacks: readonly DeployedStack[];
}

export interface Wanted {
  readonly stage: Stage;
  /** What the names of the stage's stacks begin with. */
  readonly prefix: string;
  /** Of CDK's bootstrap stack, at least. */
  readonly bootstrapVersion: number;
  /** Those of the stage and of the command line, the latter first. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly templateParameters: Readonly<Record<string, TemplateParameter>>;
  /** Whether somebody has said that the account's role for logs of API Gateway may be another one. */
  readonly replacesLoggingRole: boolean;
}

/** AWS refuses to reserve more than leaves this for functions that have reserved nothing. */
const LEFT_FOR_OTHERS = 100;
/** What an account has when AWS knows its owner. */
const USUAL_CONCURRENCY = 1_000;
const AUTHORISER = 'AuthoriserConcurrency';
const IN_PROGRESS = /_IN_PROGRESS$/;
/** A stack that never came about, which CloudFormation does not update. */
const NEVER_MADE = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'];
const NOT_ROLLED_BACK = ['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'];

/** Every check, in the order in which a person would look. */
export const preflight = (facts: Facts, wanted: Wanted): readonly Finding[] => [
  accountOf(facts, wanted),
  regionOf(facts, wanted),
  bootstrapOf(facts, wanted),
  concurrencyOf(facts, wanted),
  loggingOf(facts, wanted),
  ...stacksOf(facts),
  ...parametersOf(facts, wanted),
];

export const isReady = (findings: readonly Finding[]): boolean => findings.every(({ verdict }) => verdict !== 'wrong');

function accountOf({ caller }: Facts, { stage }: Wanted): Finding {
  const { account = caller.account } = stage;
  return finding('account', account === caller.account, {
    got: `${caller.account} (${caller.arn})`,
    expected: account,
    remedy: `Take credentials of ${account} (AWS_PROFILE), or change "account" of the stage ${stage.name}.`,
  });
}

function regionOf({ caller }: Facts, { stage }: Wanted): Finding {
  const { region = caller.region } = stage;
  return finding('region', region === caller.region, {
    got: caller.region,
    expected: region,
    remedy: `Set AWS_REGION=${region}, or change "region" of the stage ${stage.name}.`,
  });
}

function bootstrapOf({ bootstrapVersion, caller }: Facts, wanted: Wanted): Finding {
  return finding('bootstrap of CDK', (bootstrapVersion ?? 0) >= wanted.bootstrapVersion, {
    got: bootstrapVersion === undefined ? 'none' : `version ${bootstrapVersion}`,
    expected: `version ${wanted.bootstrapVersion} or newer`,
    remedy: `Run \`npx cdk bootstrap aws://${caller.account}/${caller.region}\` once, with an administrator's credentials.`,
  });
}

function concurrencyOf({ concurrency, stacks }: Facts, { parameters, templateParameters, prefix }: Wanted): Finding {
  const deployed = deployedParameters(stacks, prefix)[AUTHORISER];
  const has = Number(deployed ?? 0);
  const wants = Number(parameters[AUTHORISER] ?? deployed ?? templateParameters[AUTHORISER]?.Default ?? 0);
  const { limit, unreserved } = concurrency;
  // What the stage has reserved already is free for its next deployment.
  const left = unreserved + has - wants;
  const got = `${limit} in all, ${unreserved} of them unreserved`;
  const ask = 'Ask for more in Service Quotas (Lambda, Concurrent executions, L-B99A9384)';
  if (wants > 0 && left < LEFT_FOR_OTHERS) {
    return {
      subject: 'concurrency of Lambda',
      verdict: 'wrong',
      got,
      expected: `at least ${LEFT_FOR_OTHERS} unreserved beside the ${wants} of ${AUTHORISER}`,
      remedy: `${ask}, or deploy with ${AUTHORISER}=0 until then.`,
    };
  }
  const isUsual = limit >= USUAL_CONCURRENCY;
  return {
    subject: 'concurrency of Lambda',
    verdict: isUsual ? 'good' : 'warning',
    got,
    expected: `${USUAL_CONCURRENCY} or more for a shop with many customers`,
    ...(isUsual ? {} : { remedy: `${ask}: functions beyond the limit are refused.` }),
  };
}

function loggingOf({ loggingRole }: Facts, { stage, prefix, replacesLoggingRole }: Wanted): Finding {
  const subject = 'API Gateway’s role for logs';
  const got = loggingRole ?? 'none';
  if (stage.accountLogging === 'there') {
    return finding(subject, loggingRole !== undefined, {
      got,
      expected: 'one that is set for the account and the region',
      remedy: `Set one (\`aws apigateway update-account\`), or let this stage set it: accountLogging: 'set'.`,
    });
  }
  const isOurs = loggingRole === undefined || roleNameIn(loggingRole).startsWith(`${prefix}-`);
  return finding(subject, isOurs || replacesLoggingRole, {
    got,
    expected: 'none, or the one that this stage has set',
    remedy: `Keep it: accountLogging: 'there'. Or replace it for every API of the account in this region: --replace-logging-role.`,
  });
}

const roleNameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function stacksOf({ stacks }: Facts): readonly Finding[] {
  const troubled = stacks.flatMap(({ name, status }) => {
    const remedy = remedyFor(name, status);
    return remedy === undefined
      ? []
      : [wrong(`stack ${name}`, { got: status, expected: 'one that can be updated', remedy })];
  });
  if (troubled.length > 0) return troubled;
  const got =
    stacks.length === 0 ? 'none: this is the first deployment' : `${stacks.length}, all of which can be updated`;
  return [{ subject: 'stacks', verdict: 'good', got, expected: 'none that has failed' }];
}

function remedyFor(name: string, status: string): string | undefined {
  if (IN_PROGRESS.test(status) && status !== 'REVIEW_IN_PROGRESS') {
    return 'Somebody deploys at this moment: wait until it has ended.';
  }
  if (NEVER_MADE.includes(status)) {
    return `It was never made: look at its events, then \`aws cloudformation delete-stack --stack-name ${name}\`.`;
  }
  if (NOT_ROLLED_BACK.includes(status)) {
    return `Look at its events, then \`aws cloudformation continue-update-rollback --stack-name ${name}\`.`;
  }
  return undefined;
}

function parametersOf({ stacks }: Facts, wanted: Wanted): readonly Finding[] {
  const { parameters, templateParameters, stage, prefix } = wanted;
  const kept = deployedParameters(stacks, prefix);
  const where = `parameters of the stage ${stage.name}, or --parameter`;
  const unknown = Object.keys(parameters)
    .filter((name) => !Object.hasOwn(templateParameters, name))
    .map((name) =>
      wrong(`parameter ${name}`, {
        got: 'a name that the app does not have',
        expected: `one of ${Object.keys(templateParameters).sort().join(', ')}`,
        remedy: `Correct it (${where}).`,
      }),
    );
  const faults = Object.entries(templateParameters).flatMap(
    ([name, { Default, AllowedPattern, ConstraintDescription }]) => {
      const value = parameters[name] ?? kept[name] ?? Default;
      const subject = `parameter ${name}`;
      const remedy = `Set it: ${where}.`;
      if (value === undefined) return [wrong(subject, { got: 'nothing', expected: 'a value', remedy })];
      if (AllowedPattern === undefined || new RegExp(`^(?:${AllowedPattern})$`).test(value)) return [];
      return [wrong(subject, { got: `"${value}"`, expected: ConstraintDescription ?? AllowedPattern, remedy })];
    },
  );
  if (unknown.length + faults.length > 0) return [...unknown, ...faults];
  const count = Object.keys(templateParameters).length;
  return [{ subject: 'parameters', verdict: 'good', got: `${count}, each with a value`, expected: 'a value for each' }];
}

const finding = (
  subject: string,
  isGood: boolean,
  { got, expected, remedy }: { readonly got: string; readonly expected: string; readonly remedy: string },
): Finding => (isGood ? { subject, verdict: 'good', got, expected } : wrong(subject, { got, expected, remedy }));

const wrong = (subject: string, those: Pick<Finding, 'got' | 'expected' | 'remedy'>): Finding => ({
  subject,
  verdict: 'wrong',
  ...those,
});
