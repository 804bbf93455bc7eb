/** Requests of the table API over two tables: one with a partition key alone, one with a sort key, an index and few partitions. */
import fc from 'fast-check';
import type { JsonObject } from '../../local/contracts.ts';
import { condition, conditionOfIndex, type Expression, NAMES, projection, updates } from './expressions.ts';
import { numberValue, value } from './values.ts';

export interface Request {
  readonly operation: string;
  readonly input: JsonObject;
}
type Requests = fc.Arbitrary<Request>;

export const TABLES = { plain: 'plain', sorted: 'sorted' } as const;
export const INDEX = 'by-kind';

const present = (fields: Record<string, unknown>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as JsonObject;
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Few, so that requests meet each other's items. */
const id = fc.constantFrom('p', 'q', 'é').map((S) => ({ S }));
const at = fc
  .constantFrom('1', '-2', '10', '2.5', '12345678901234567890123456789012345678', '1E-130')
  .map((N) => ({ N }));
const plainKey = id.map((key) => ({ id: key }));
const sortedKey = fc.record({ id, at });
const address = fc.oneof(
  plainKey.map((Key) => ({ TableName: TABLES.plain, Key: Key })),
  { weight: 2, arbitrary: sortedKey.map((Key) => ({ TableName: TABLES.sorted, Key: Key })) },
);

const attributes = fc.record(
  {
    a: value,
    b: value,
    c: value,
    kind: fc.constantFrom('k', 'l').map((S) => ({ S })),
    rank: fc.oneof(
      fc.constantFrom('1', '2', '3').map((N) => ({ N })),
      numberValue,
    ),
  },
  { requiredKeys: [] },
);
const item = fc
  .tuple(address, attributes)
  .map(([{ TableName, Key }, others]) => ({ TableName, Item: { ...others, ...Key } }));

/** The names and values of the expressions that a request has; DynamoDB refuses those that no expression uses. */
export function placeholders(...expressions: (Expression | { text: string } | undefined)[]): JsonObject {
  const text = expressions.map((one) => one?.text ?? '').join(' ');
  const names = Object.entries(NAMES).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  const values = Object.assign(
    {},
    ...expressions.map((one) => (one !== undefined && 'values' in one ? one.values : {})),
  ) as JsonObject;
  return present({
    ExpressionAttributeNames: names.length > 0 ? Object.fromEntries(names) : undefined,
    ExpressionAttributeValues: Object.keys(values).length > 0 ? values : undefined,
  });
}

const conditional = (drawn: Expression | undefined): JsonObject => present({ ConditionExpression: drawn?.text });
const onFailure = maybe(fc.constant('ALL_OLD'));
const old = maybe(fc.constantFrom('ALL_OLD', 'NONE'));

const put = fc
  .tuple(item, maybe(condition), onFailure)
  .map(([what, when, ReturnValuesOnConditionCheckFailure]) =>
    present({ ...what, ...conditional(when), ...placeholders(when), ReturnValuesOnConditionCheckFailure }),
  );
const remove = fc
  .tuple(address, maybe(condition), onFailure)
  .map(([which, when, ReturnValuesOnConditionCheckFailure]) =>
    present({ ...which, ...conditional(when), ...placeholders(when), ReturnValuesOnConditionCheckFailure }),
  );
const update = fc
  .tuple(address, updates, maybe(condition), onFailure)
  .map(([which, what, when, ReturnValuesOnConditionCheckFailure]) =>
    present({
      ...which,
      UpdateExpression: what.text,
      ...conditional(when),
      ...placeholders(what, when),
      ReturnValuesOnConditionCheckFailure,
    }),
  );
const check = fc
  .tuple(address, condition, onFailure)
  .map(([which, when, ReturnValuesOnConditionCheckFailure]) =>
    present({ ...which, ...conditional(when), ...placeholders(when), ReturnValuesOnConditionCheckFailure }),
  );

const request = (operation: string, input: fc.Arbitrary<JsonObject>): Requests =>
  input.map((drawn) => ({ operation, input: drawn }));
/** Of single items: what else reads and batches consume is explained in `explained.ts`. */
const capacity = maybe(fc.constantFrom('TOTAL', 'INDEXES'));
const returning = (input: fc.Arbitrary<JsonObject>, ReturnValues: fc.Arbitrary<string | undefined>) =>
  fc
    .tuple(input, ReturnValues, capacity)
    .map(([drawn, wanted, ReturnConsumedCapacity]) =>
      present({ ...drawn, ReturnValues: wanted, ReturnConsumedCapacity }),
    );

const projected = fc
  .record({ ConsistentRead: fc.boolean(), ProjectionExpression: maybe(projection) })
  .map(({ ConsistentRead, ProjectionExpression }) =>
    present({ ConsistentRead, ProjectionExpression, ...placeholders({ text: ProjectionExpression ?? '' }) }),
  );
const get = fc.tuple(address, projected).map(([which, how]) => ({ ...which, ...how }));

const actions = fc.oneof(
  put.map((Put) => ({ Put })),
  update.map((Update) => ({ Update })),
  remove.map((Delete) => ({ Delete })),
  check.map((ConditionCheck) => ({ ConditionCheck })),
);
const batch = (drawn: readonly { TableName: string; request: JsonObject }[]): JsonObject => {
  const byTable: Record<string, JsonObject[]> = {};
  for (const { TableName, request: one } of drawn) (byTable[TableName] ??= []).push(one);
  return { RequestItems: byTable };
};
const batchWrite = fc
  .array(
    fc.oneof(
      item.map(({ TableName, Item }) => ({ TableName, request: { PutRequest: { Item } } })),
      address.map(({ TableName, Key }) => ({ TableName, request: { DeleteRequest: { Key } } })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(batch);
const batchGet = fc.array(address, { minLength: 1, maxLength: 4 }).map((drawn) => {
  const byTable: Record<string, { Keys: JsonObject[]; ConsistentRead: boolean }> = {};
  for (const { TableName, Key } of drawn) (byTable[TableName] ??= { Keys: [], ConsistentRead: true }).Keys.push(Key);
  return { RequestItems: byTable };
});

const range = fc.oneof(
  fc.constant({ text: '', values: {} }),
  fc
    .tuple(fc.constantFrom('=', '<', '<=', '>', '>='), at)
    .map(([sign, to]) => ({ text: `#at ${sign} :r1`, values: { ':r1': to } })),
  fc.tuple(at, at).map(([low, high]) => ({ text: '#at BETWEEN :r1 AND :r2', values: { ':r1': low, ':r2': high } })),
);
const page = fc.record({
  Limit: maybe(fc.integer({ min: 1, max: 4 })),
  Select: maybe(fc.constantFrom('COUNT', 'ALL_ATTRIBUTES')),
  filter: maybe(condition),
});
const query = fc
  .tuple(id, range, page, maybe(fc.boolean()), maybe(projection))
  .map(([of, where, { filter, ...how }, ScanIndexForward, shown]) => {
    const keys = {
      text: ['#id = :id', where.text].filter(Boolean).join(' AND '),
      values: { ':id': of, ...where.values },
    };
    const ProjectionExpression = how.Select === undefined ? shown : undefined;
    return present({
      TableName: TABLES.sorted,
      KeyConditionExpression: keys.text,
      FilterExpression: filter?.text,
      ProjectionExpression,
      ScanIndexForward,
      ...how,
      ...placeholders(keys, filter, { text: ProjectionExpression ?? '' }),
    });
  });
const indexQuery = fc
  .tuple(fc.constantFrom('k', 'l'), maybe(conditionOfIndex), page, maybe(numberValue))
  .map(([kind, filter, { Limit }, from]) => {
    const keys = {
      text: from === undefined ? '#kind = :kind' : '#kind = :kind AND #rank >= :from',
      values: { ':kind': { S: kind }, ...(from !== undefined && { ':from': from }) },
    };
    return present({
      TableName: TABLES.sorted,
      IndexName: INDEX,
      KeyConditionExpression: keys.text,
      FilterExpression: filter?.text,
      Limit,
      ...placeholders(keys, filter),
    });
  });
const scanned = fc.oneof(
  fc.tuple(
    fc.constantFrom(TABLES.plain, TABLES.sorted).map((TableName) => ({ TableName })),
    maybe(condition),
  ),
  fc.tuple(fc.constant({ TableName: TABLES.sorted, IndexName: INDEX }), maybe(conditionOfIndex)),
);
const scan = fc.tuple(scanned, page).map(([[of, filter], { Select, Limit }]) =>
  present({
    ...of,
    Select: Select === 'COUNT' ? Select : undefined,
    FilterExpression: filter?.text,
    Limit,
    ...placeholders(filter),
  }),
);

export const anyRequest: Requests = fc.oneof(
  { weight: 5, arbitrary: request('PutItem', returning(put, old)) },
  {
    weight: 5,
    arbitrary: request(
      'UpdateItem',
      returning(update, maybe(fc.constantFrom('ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW', 'NONE'))),
    ),
  },
  { weight: 2, arbitrary: request('DeleteItem', returning(remove, old)) },
  { weight: 2, arbitrary: request('GetItem', get) },
  {
    weight: 3,
    arbitrary: request(
      'TransactWriteItems',
      fc.array(actions, { minLength: 1, maxLength: 4 }).map((TransactItems) => ({ TransactItems })),
    ),
  },
  request(
    'TransactGetItems',
    fc
      .array(address, { minLength: 1, maxLength: 3 })
      .map((drawn) => ({ TransactItems: drawn.map((Get) => ({ Get })) })),
  ),
  { weight: 2, arbitrary: request('BatchWriteItem', batchWrite) },
  request('BatchGetItem', batchGet),
  { weight: 3, arbitrary: request('Query', query) },
  { weight: 2, arbitrary: request('Query', indexQuery) },
  { weight: 2, arbitrary: request('Scan', scan) },
);
