import { describe, expect, test } from 'vitest';
import { AwsError, type Json, type JsonObject } from '../../../../local/contracts.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine } from './engine.ts';

const same = { Same: { Type: 'Pass', End: true } };
const GET = 'arn:aws:states:::s3:getObject';

const reading = (ReaderConfig: JsonObject, fields: JsonObject = {}): JsonObject =>
  distributed(same, {
    ItemReader: { Resource: GET, Arguments: { Bucket: 'bucket', Key: 'items' }, ReaderConfig, ...fields },
  });

/** What a run makes of an object with this content. */
async function itemsOf(content: string, ReaderConfig: JsonObject): Promise<JsonObject | Json> {
  const engine = new Engine();
  engine.s3.putObject('bucket', 'items', content, 'text/plain');
  const ended = await engine.run(reading(ReaderConfig));
  return ended.output ?? { error: ended.error!, cause: ended.cause! };
}

const failed = (cause: string) => ({ error: 'States.ItemReaderFailed', cause });

describe('ItemReader', () => {
  test.each<[string, string, JsonObject, Json]>([
    ['a JSON array', '[1,{"a":2}]', { InputType: 'JSON' }, [1, { a: 2 }]],
    ['no more than MaxItems', '[1,2,3]', { InputType: 'JSON', MaxItems: 2 }, [1, 2]],
    ['as many as an expression says', '[1,2,3]', { InputType: 'JSON', MaxItems: '{% $most := 2 %}' }, [1, 2]],
    ['all for a MaxItems of 0', '[1,2,3]', { InputType: 'JSON', MaxItems: 0 }, [1, 2, 3]],
    ['the list that ItemsPointer names', '{"a/b":{"c":[1]}}', { InputType: 'JSON', ItemsPointer: '/a~1b/c' }, [1]],
    ['JSON Lines', '{"a":1}\n\n[2]\n', { InputType: 'JSONL' }, [{ a: 1 }, [2]]],
  ])('reads %s', async (_what, content, config, items) => {
    expect(await itemsOf(content, config)).toEqual(items);
  });

  const FIRST_ROW = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
  const given = (...CSVHeaders: string[]) => ({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders });

  test.each<[string, string, JsonObject, Json]>([
    ['headers in the first row', 'a,b\r\n1,2\r\n', FIRST_ROW, [{ a: '1', b: '2' }]],
    ['given headers', '1,2\n', given('a', 'b'), [{ a: '1', b: '2' }]],
    ['fields without a header', '1,2,3\n', given('a'), [{ a: '1' }]],
    [
      'rows that are too short',
      '1\n   \n',
      given('a', 'b'),
      [
        { a: '1', b: '' },
        { a: '   ', b: '' },
      ],
    ],
    ['rows of empty fields', 'a,b\n,,,\n', FIRST_ROW, [{ a: '', b: '' }]],
    ['an empty header', 'a,\n1,2,3\n', FIRST_ROW, [{ a: '1', '': '2' }]],
    ['values that look like others', 'a,b\n1,Null\n', FIRST_ROW, [{ a: '1', b: 'Null' }]],
    ['quoted fields', 'a,b\n"1,""x""\n",2\n', FIRST_ROW, [{ a: '1,"x"\n', b: '2' }]],
    ['a byte order mark', '\uFEFFa\n1\n', FIRST_ROW, [{ a: '1' }]],
    ['another delimiter', 'a;b\n1,5;2\n', { ...FIRST_ROW, CSVDelimiter: 'SEMICOLON' }, [{ a: '1,5', b: '2' }]],
    ['tabs', 'a\tb\n1\t2\n', { ...FIRST_ROW, CSVDelimiter: 'TAB' }, [{ a: '1', b: '2' }]],
    ['no rows', 'a,b\n', FIRST_ROW, []],
    ['nothing', '', FIRST_ROW, []],
  ])('reads CSV with %s', async (_what, content, config, items) => {
    expect(await itemsOf(content, config)).toEqual(items);
  });

  test.each<[string, string, JsonObject, string | RegExp]>([
    ['what is no list', '{"a":1}', { InputType: 'JSON' }, 'Attempting to map over non-iterable node.'],
    [
      'a pointer to nothing',
      '{"a":1}',
      { InputType: 'JSON', ItemsPointer: '/b' },
      'Attempting to map over non-iterable node.',
    ],
    ['headers twice', '1,2\n', given('a', 'a'), 'CSV headers cannot contain duplicates.'],
    ['fewer items than none', '[]', { InputType: 'JSON', MaxItems: '{% -1 %}' }, 'field MaxItems must be positive'],
  ])('fails for %s', async (_what, content, config, cause) => {
    expect(await itemsOf(content, config)).toEqual(failed(cause as string));
  });

  test.each<[string, string, JsonObject]>([
    ['broken JSON', '[1,', { InputType: 'JSON' }],
    ['a broken line', '{"a":1}\n{', { InputType: 'JSONL' }],
    ['a quote that does not end', 'a\n"1', FIRST_ROW],
  ])('fails for %s', async (_what, content, config) => {
    expect(await itemsOf(content, config)).toMatchObject({ error: 'States.ItemReaderFailed' });
  });

  test('fails for an object that is not there, after the start of the run', async () => {
    const engine = new Engine();
    engine.define(reading({ InputType: 'JSON' }));
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject(failed('The specified key does not exist.'));
    expect((await engine.historyTypes(arn)).slice(2)).toEqual([
      'MapStateStarted',
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(await runOf(engine, arn)).toMatchObject({ status: 'FAILED', executionCounts: { total: 0 } });
  });

  test('has each object of a bucket as an item, by prefix', async () => {
    const engine = new Engine();
    for (const key of ['in/1', 'in/2', 'out/1']) engine.s3.putObject('bucket', key, 'hello', 'text/plain');
    const Resource = 'arn:aws:states:::s3:listObjectsV2';
    const ItemReader = { Resource, Arguments: { Bucket: '{% $states.input.Bucket %}', Prefix: 'in/' } };
    expect(await engine.run(distributed(same, { ItemReader }), { Bucket: 'bucket' })).toMatchObject({
      output: [
        { Key: 'in/1', Size: 5, StorageClass: 'STANDARD', Etag: '"5d41402abc4b2a76b9719d911017c592"' },
        { Key: 'in/2', Size: 5 },
      ],
    });
  });

  test.each([
    ['states:StartExecution', 'States.Permissions'],
    ['s3:GetObject', 'States.ItemReaderFailed'],
    ['s3:PutObject', 'States.ResultWriterFailed'],
  ])('needs a role that allows %s', async (missing, error) => {
    const engine = new Engine({
      authoriseRole(_role, _session, needed) {
        if (needed.some(({ action }) => action === missing)) throw new AwsError('AccessDeniedException', missing);
      },
    });
    engine.s3.putObject('bucket', 'items', '[1]', 'text/plain');
    const { Each } = reading({ InputType: 'JSON' }) as { readonly Each: JsonObject };
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'bucket' } };
    expect(await engine.run({ Each: { ...Each, ResultWriter } })).toMatchObject({ error, cause: missing });
  });
});
