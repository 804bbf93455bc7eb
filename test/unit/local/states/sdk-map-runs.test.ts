import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { serveEndpoint } from '../endpoint/served-endpoint.ts';
import { distributed } from './distributed.ts';
import { machine } from './engine.ts';

test('The SDK’s clients have the items of an object processed, follow the run, and read its results', async () => {
  const endpoint = await serveEndpoint();
  const sfn = new SFNClient(endpoint.client());
  const s3 = new S3Client({ ...endpoint.client(), forcePathStyle: true });
  try {
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'items.csv', Body: 'id\n1\n2\n' }));
    const states = distributed(
      { Tell: { Type: 'Pass', Output: '{% $states.input.id %}', End: true } },
      {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          Arguments: { Bucket: 'bucket', Key: 'items.csv' },
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'bucket', Prefix: 'results' },
          WriterConfig: { Transformation: 'COMPACT' },
        },
      },
    );
    const roleArn = 'arn:aws:iam::000000000000:role/machine';
    const definition = JSON.stringify(machine(states));
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    let output: string | undefined;
    while (output === undefined) ({ output } = await sfn.send(new DescribeExecutionCommand({ executionArn })));
    const { MapRunArn: mapRunArn, ResultWriterDetails: manifest } = JSON.parse(output) as {
      readonly MapRunArn: string;
      readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
    };
    const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns).toMatchObject([{ mapRunArn, startDate: new Date(endpoint.ctx.clock.now()) }]);
    const { executions } = await sfn.send(new ListExecutionsCommand({ mapRunArn }));
    expect(executions).toMatchObject([{ mapRunArn, itemCount: 1 }, { itemCount: 1 }]);
    expect(await sfn.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 2 },
    });
    const late = sfn.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 }));
    await expect(late).rejects.toMatchObject({ name: 'ValidationException' });
    const { Body } = await s3.send(
      new GetObjectCommand({ ...manifest, Key: manifest.Key.replace('manifest', 'SUCCEEDED_0') }),
    );
    expect(await Body!.transformToString()).toBe('["1","2"]');
  } finally {
    sfn.destroy();
    s3.destroy();
    await endpoint.close();
  }
});
