/** What other accounts may send to a bus: kept and told, and without effect on one machine. */
import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { objects } from '../../properties.ts';
import type { Bus } from '../catalogue.ts';
import { checkedName, invalid, optionalText } from './input.ts';
import type { ApiParts } from './parts.ts';

const ACCOUNT = /^\d{12}$/;

interface Policy {
  readonly Version: string;
  readonly Statement: readonly JsonObject[];
}

export const permissionOperations = ({ context, catalogue }: ApiParts): Operations => {
  const put = (bus: Bus, Statement: readonly JsonObject[]): JsonObject => {
    const { policy: _, ...rest } = bus;
    const policy = JSON.stringify({ Version: '2012-10-17', Statement } satisfies Policy);
    const changed = { ...rest, updatedAt: context.clock.now() };
    catalogue.putBus(Statement.length === 0 ? changed : { ...changed, policy });
    return {};
  };
  return {
    PutPermission(input) {
      const bus = catalogue.bus(input.EventBusName);
      const policy = optionalText(input, 'Policy');
      if (policy !== undefined) return put(bus, readPolicy(policy));
      const statement = statementOf(input, bus.arn);
      return put(bus, [...statementsOf(bus).filter(({ Sid }) => Sid !== statement.Sid), statement]);
    },

    RemovePermission(input) {
      const bus = catalogue.bus(input.EventBusName);
      if (input.RemoveAllPermissions === true) return put(bus, []);
      const statementId = checkedName(input.StatementId, 'statementId');
      const statements = statementsOf(bus);
      const others = statements.filter(({ Sid }) => Sid !== statementId);
      if (others.length < statements.length) return put(bus, others);
      throw new AwsError(
        'ResourceNotFoundException',
        statements.length === 0
          ? 'EventBus does not have a policy.'
          : `Statement with the provided id does not exist: ${statementId}`,
      );
    },
  };
};

const statementsOf = ({ policy }: Bus): readonly JsonObject[] =>
  policy === undefined ? [] : (JSON.parse(policy) as Policy).Statement;

/** @throws AwsError `ValidationException` */
function statementOf(input: JsonObject, busArn: string): JsonObject {
  const { Action, Principal, Condition } = input;
  const Sid = checkedName(input.StatementId, 'statementId');
  if (Action !== 'events:PutEvents') throw invalid(`Provided value in parameter 'action' is not supported.`);
  if (Principal !== '*' && !(typeof Principal === 'string' && ACCOUNT.test(Principal))) {
    throw invalid(`Provided value in parameter 'principal' is not supported: an account of 12 digits, or *.`);
  }
  return {
    Sid,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: busArn,
    ...conditionOf(Condition),
  };
}

function conditionOf(condition: Json | undefined): JsonObject {
  if (condition === undefined || condition === null) return {};
  const { Type, Key, Value } = condition as JsonObject;
  if (Type !== 'StringEquals' || Key !== 'aws:PrincipalOrgID' || typeof Value !== 'string') {
    throw invalid('A condition is of type StringEquals, on aws:PrincipalOrgID, with the id of an organisation.');
  }
  return { Condition: { [Type]: { [Key]: Value } } };
}

/** @throws AwsError `ValidationException` */
function readPolicy(text: string): JsonObject[] {
  let policy: Json;
  try {
    policy = JSON.parse(text) as Json;
  } catch {
    throw invalid('The policy is not valid JSON.');
  }
  const { Statement } = (policy ?? {}) as JsonObject;
  const statements = Array.isArray(Statement) ? objects(Statement) : [Statement].filter((one) => one !== undefined);
  if (statements.length === 0) throw invalid('The policy has no Statement.');
  return statements as JsonObject[];
}
