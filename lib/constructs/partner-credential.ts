import { CfnOutput, Validations } from 'aws-cdk-lib';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { emulatorOf } from '../emulator/emulator-of.ts';
import { removalPolicyOf } from '../stages/environment.ts';
import { grant } from './grant.ts';
import { Group } from './group.ts';

/** The key that the first credential is told apart by, until a rotation makes the next one. */
const FIRST_KEY_ID = 'first';
const KEY_LENGTH = 64;
const ROTATION_DAYS = 30;
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * What a partner knows us by: a secret, which holds a credential as JSON (`functions/shared/outbound/credentials/credential.ts`). The
 * first one is made by chance and signs requests; a person tells the partner, or puts what the partner has given us in its place.
 * See docs/decisions/0083-a-secret-per-partner.md.
 */
export class PartnerCredential extends Group {
  readonly arn: string;

  constructor(scope: Construct, id: string, partner: string) {
    super(scope, id);
    const secret = new Secret(this, id, {
      description: `Credential for the ${partner}`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kind: 'hmac-sha256', keyId: FIRST_KEY_ID }),
        generateStringKey: 'secret',
        passwordLength: KEY_LENGTH,
        excludePunctuation: true,
        // MiniStack makes punctuation marks but for those that are named.
        ...(emulatorOf(scope) && { excludeCharacters: PUNCTUATION }),
      },
      removalPolicy: removalPolicyOf(scope),
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It is rotated by a function that calls the partner, whose schedule is in the stack of that function.',
    });
    this.arn = secret.secretArn;
    new CfnOutput(this, `${id}Arn`, { value: this.arn });
  }

  /** Reads the credential, for a function that calls the partner. */
  grantRead(caller: LambdaFunction): void {
    grant(caller, { actions: ['secretsmanager:GetSecretValue'], on: this.arn }, {});
  }

  /** Has a function replace it by another one every thirty days. The schedule is with the function. */
  rotateWith(rotator: LambdaFunction): void {
    const actions = ['GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'];
    grant(rotator, { actions: actions.map((action) => `secretsmanager:${action}`), on: this.arn }, {});
    if (emulatorOf(this)) return;
    const id = this.node.id;
    // Secrets Manager calls the function itself, which is what was deployed last.
    const permission = new CfnPermission(rotator, `${id}Rotation`, {
      action: 'lambda:InvokeFunction',
      functionName: rotator.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: this.arn,
    });
    const schedule = new CfnRotationSchedule(rotator, `${id}Schedule`, {
      secretId: this.arn,
      rotationLambdaArn: rotator.functionArn,
      rotationRules: { automaticallyAfterDays: ROTATION_DAYS },
      // Not before the partner knows the first one.
      rotateImmediatelyOnUpdate: false,
    });
    schedule.node.addDependency(permission);
  }
}
