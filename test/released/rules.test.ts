/** A bad change for each refusal, made of what is recorded: a rule that finds nothing wrong any more is found out. */
import { describe, expect, test } from 'vitest';
import { releasedDefinitions } from './now/definitions.ts';
import { readRecord } from './record-files.ts';
import type { DeployedMachine, DeployedSagas } from './rules/definitions.ts';
import type { EventSchema } from './rules/events.ts';
import { type Now, refusals } from './rules/refusals.ts';
import type { HeldResource } from './rules/resources.ts';
import type { Shape } from './shape.ts';

const recordedDefinitions = releasedDefinitions();
const good: Now = { ...readRecord(), recordedDefinitions, sagas: sagasFor() };

/** Machines, functions and errors that are just enough for the recorded definitions. */
function sagasFor(): DeployedSagas {
  const bySaga = Map.groupBy(recordedDefinitions, ({ saga }) => saga);
  const machines = [...bySaga].map(([saga, definitions]): [string, DeployedMachine] => {
    const functions = new Set(definitions.flatMap((definition) => definition.functions));
    return [saga, { functions, mayPublish: true, keepsVersions: true }];
  });
  return { machines: new Map(machines), errors: new Set(recordedDefinitions.flatMap(({ errors }) => errors)) };
}

test('What did not change is refused nothing', () => {
  expect(refusals(good, good)).toEqual([]);
});

describe('Refused of resources is', () => {
  const STACK = 'Waybill-Stateful';
  const tableOf = (prefix: string) =>
    Object.keys(good.resources[STACK]!).find((id) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id))!;
  /** What is refused when the table is another one; without one when it is gone. */
  const refusedWith = (id: string, change: (table: HeldResource) => HeldResource | undefined) => {
    const { [id]: table, ...others } = good.resources[STACK]!;
    const changed = change(table!);
    const stack = changed ? { ...others, [id]: changed } : others;
    return refusals(good, { ...good, resources: { ...good.resources, [STACK]: stack } });
  };
  const identified = (changes: object) => (table: HeldResource) => ({
    ...table,
    identity: { ...table.identity, ...changes },
  });

  test('a table with another logical id', () => {
    const id = tableOf('OrderLog');
    expect(refusedWith(id, () => undefined)).toEqual([
      `${id} in ${STACK} was a AWS::DynamoDB::Table, and there is nothing of this id: what it holds would stay behind. Keep its logical id.`,
    ]);
  });

  test('a table that has moved to another stack', () => {
    const id = tableOf('OrderLog');
    const { [id]: table, ...others } = good.resources[STACK]!;
    const moved = {
      ...good.resources,
      [STACK]: others,
      'Waybill-Ledger': { ...good.resources['Waybill-Ledger'], [id]: table! },
    };
    expect(refusals(good, { ...good, resources: moved })).toEqual([expect.stringContaining('nothing of this id')]);
  });

  test('another type under the same logical id', () => {
    const refused = refusedWith(tableOf('OrderLog'), (table) => ({ ...table, type: 'AWS::SQS::Queue' }));
    expect(refused).toEqual([expect.stringContaining('there is a AWS::SQS::Queue')]);
  });

  test.each([
    ['key', { KeySchema: [{ AttributeName: 'customerId', KeyType: 'HASH' }] }, 'another KeySchema'],
    ['type of a key', { keyTypes: ['orderId: S', 'version: S'] }, 'another keyTypes'],
    ['name', { TableName: 'orders' }, 'another TableName, for which AWS replaces it: nothing became "orders"'],
    [
      'stream, which the relay would lose its place in',
      { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
      'another StreamSpecification',
    ],
  ])('a table with another %s', (_, changes, words) => {
    expect(refusedWith(tableOf('OrderLog'), identified(changes))).toEqual([expect.stringContaining(words)]);
  });

  test('an index with other keys under its name, and two new indexes in one update; one is taken', () => {
    const indexed = (indexes: object) => (table: HeldResource) =>
      identified({ indexes: { ...(table.identity.indexes as object), ...indexes } })(table);
    const id = tableOf('Inventory');
    expect(refusedWith(id, indexed({ byWatch: ['watch: S'] }))).toEqual([
      expect.stringContaining('has other keys in the index byWatch'),
    ]);
    expect(refusedWith(id, indexed({ byOne: ['one: S'], byTwo: ['two: S'] }))).toEqual([
      expect.stringContaining('gains or loses the indexes byOne, byTwo'),
    ]);
    expect(refusedWith(id, indexed({ byOne: ['one: S'] }))).toEqual([]);
  });

  test('a table that goes when its stack goes', () => {
    const refused = refusedWith(tableOf('OrderLog'), (table) => ({ ...table, isKept: false }));
    expect(refused).toEqual([expect.stringContaining('does not stay any more')]);
  });
});

describe('Refused of events is', () => {
  const refusedWith = (type: string, change: (event: EventSchema) => Partial<EventSchema> | undefined) => {
    const { [type]: event, ...others } = good.events.orders!;
    const changed = change(event!);
    const orders = changed ? { ...others, [type]: { ...event!, ...changed } } : others;
    return refusals(good, { ...good, events: { ...good.events, orders } });
  };
  const fieldsOf = ({ data }: EventSchema) => (data as { readonly fields: Readonly<Record<string, Shape>> }).fields;
  const withFields = (changes: Readonly<Record<string, Shape | undefined>>) => (event: EventSchema) => ({
    data: JSON.parse(JSON.stringify({ fields: { ...fieldsOf(event), ...changes } })) as Shape,
  });

  test('a type that is not read any more', () => {
    expect(refusedWith('OrderShipped', () => undefined)).toEqual([
      expect.stringContaining('could not be read any more'),
    ]);
  });

  test('a version that is not read any more', () => {
    expect(refusedWith('OrderCreated', () => ({ reads: 1, writes: 1 }))).toEqual([
      expect.stringContaining('is read up to version 1, and stored events have version 2'),
    ]);
  });

  test('a type or a version that released readers do not know; not one that is only read so far', () => {
    const gift = { GiftWrapped: { reads: 1, writes: 1, data: { fields: {} } } };
    const withGift = (events: typeof gift) =>
      refusals(good, { ...good, events: { ...good.events, orders: { ...good.events.orders, ...events } } });
    expect(withGift(gift)).toEqual([
      expect.stringContaining('released readers do not know the type: announce it first'),
    ]);
    expect(withGift({ GiftWrapped: { ...gift.GiftWrapped, writes: 0 } })).toEqual([]);
    expect(refusedWith('OrderCreated', () => ({ reads: 3, writes: 3 }))).toEqual([
      expect.stringContaining('is written in version 3, and released readers know version 2: announce it first'),
    ]);
    expect(refusedWith('OrderCreated', () => ({ reads: 3, writes: 2, data: { fields: {} } }))).toEqual([]);
  });

  test.each([
    ['without a field that readers need', { refundId: undefined }, 'refundId is gone, and released readers need it'],
    [
      'with a field that may be missing from now on',
      { refundId: undefined, 'refundId?': 'text' },
      'refundId may be missing, and released readers need it',
    ],
    ['with a new field that stored events lack', { channel: 'text' }, 'channel is new, and stored events lack it'],
    [
      'with a field that stored events may lack',
      { 'comment?': undefined, comment: 'text' },
      'comment is always there, and stored events may lack it',
    ],
    ['with a field of another kind', { refundId: 'number' }, 'refundId was text in stored events, and is not any more'],
    [
      'with a value that readers do not know',
      { refundId: { oneOf: ['null', 'text'] } },
      'refundId can be null, which released readers do not know',
    ],
    [
      'with another field in a list',
      { lines: { list: { fields: { sku: 'text', quantity: 'text' } } } },
      'lines[].quantity can be text',
    ],
  ] satisfies [string, Record<string, Shape | undefined>, string][])('an event %s', (_, changes, words) => {
    const refused = refusedWith('RefundRequested', withFields(changes));
    expect(refused.join('\n')).toContain(`RefundRequested.${words}`);
    expect(refused.join('\n')).toContain(
      'give RefundRequested in the log of orders a new version, and announce it first',
    );
  });

  test('nothing when a field comes that may be missing, or one that could be missing goes', () => {
    expect(refusedWith('RefundRequested', withFields({ 'channel?': 'text', 'comment?': undefined }))).toEqual([]);
  });
});

describe('Refused of definitions is', () => {
  const refusedWith = (change: (machine: DeployedMachine) => DeployedMachine | undefined) => {
    const machines = new Map(good.sagas.machines);
    const changed = change(machines.get('order-saga')!);
    if (changed) machines.set('order-saga', changed);
    else machines.delete('order-saga');
    return refusals(good, { ...good, sagas: { ...good.sagas, machines } });
  };
  const on = (release: string) => `Executions of order-saga on the definition of ${release}`;

  test('a machine that is gone', () => {
    expect(refusedWith(() => undefined)).toContain(`${on('0.2.0')} end: the state machine is gone.`);
  });

  test('a function that is gone, or that the role of the machine may not invoke', () => {
    const without = (machine: DeployedMachine) => ({
      ...machine,
      functions: new Set([...machine.functions].filter((name) => name !== 'CapturePayment')),
    });
    expect(refusedWith(without)).toEqual(
      ['0.1.0', '0.2.0'].map(
        (release) =>
          `${on(release)} invoke CapturePayment, which is not there, or which the role of the machine may not invoke.`,
      ),
    );
  });

  test('a role that may not publish what earlier definitions publish', () => {
    expect(refusedWith((machine) => ({ ...machine, mayPublish: false }))).toContain(
      `${on('0.2.0')} put events on the bus, which the role of the machine may not do.`,
    );
  });

  test('a version that is deleted with the next one', () => {
    const refused = refusedWith((machine) => ({ ...machine, keepsVersions: false }));
    expect(refused).toContain(`${on('0.2.0')} lose it: the versions of the machine are deleted with the next one.`);
  });

  test('an error by another name', () => {
    const errors = new Set([...good.sagas.errors].filter((name) => name !== 'PaymentDeclined'));
    expect(refusals(good, { ...good, sagas: { ...good.sagas, errors } })).toContain(
      `${on('0.2.0')} retry or catch PaymentDeclined, which no function throws any more: keep the name of the error.`,
    );
  });

  test('a recorded definition that was edited', () => {
    const [file] = Object.keys(good.definitions) as [string];
    const edited = { ...good, definitions: { ...good.definitions, [file]: '0000' } };
    expect(refusals(good, edited)).toEqual([expect.stringContaining(`${file} in test/saga/recorded-definitions`)]);
  });
});
