import { type Location, namedArn } from '../arn.ts';
import type { Json, JsonObject } from '../contracts.ts';
import { filledText, objects } from '../properties.ts';
import type { Permission } from '../service.ts';

/** The actions within TransactWriteItems and TransactGetItems, by the name that policies give them. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** What a statement of PartiQL does, and to which table. */
const PARTIQL =
  /(?<verb>SELECT|INSERT|UPDATE|DELETE)\b(?:[\s\S]*?\b(?:FROM|INTO)|(?<=UPDATE))\s+"?(?<name>[\w.-]+?)"?(?=[\s;.)]|$)/i;

/** What a request of DynamoDB or its streams needs; a transaction needs the permission of each of its actions. */
export function dynamoDbPermissions(operation: string, input: JsonObject, location: Location): Permission[] {
  const action = `dynamodb:${operation}`;
  const table = (name: string) => namedArn(location, 'dynamodb', 'table/', name);
  if (input.TransactItems !== undefined) {
    return objects(input.TransactItems)
      .flatMap(Object.entries<Json>)
      .map(([kind, item]) => ({
        action: `dynamodb:${TRANSACTION_ACTIONS[kind] ?? kind}`,
        resource: table(filledText((item as JsonObject).TableName) ?? ''),
      }));
  }
  const statements = statementsIn(input);
  if (statements.length > 0) {
    return statements.map((statement) => {
      const { verb = operation, name: named = '' } = PARTIQL.exec(statement)?.groups ?? {};
      return { action: `dynamodb:PartiQL${capitalised(verb)}`, resource: table(named) };
    });
  }
  if (input.RequestItems !== undefined) {
    return Object.keys(input.RequestItems as JsonObject).map((name) => ({ action, resource: table(name) }));
  }
  const stream = filledText(input.StreamArn);
  if (stream !== undefined) return [{ action, resource: stream }];
  const name = filledText(input.TableName);
  if (name === undefined) return [{ action, resource: '*' }];
  const index = filledText(input.IndexName);
  return [{ action, resource: index === undefined ? table(name) : `${table(name)}/index/${index}` }];
}

/** Of ExecuteStatement, BatchExecuteStatement and ExecuteTransaction. */
const statementsIn = ({ Statement, Statements, TransactStatements }: JsonObject): string[] =>
  [...objects(Statements), ...objects(TransactStatements), { Statement: Statement ?? null }]
    .map((one) => filledText(one.Statement))
    .filter((text) => text !== undefined);

const capitalised = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1).toLowerCase()}`;
