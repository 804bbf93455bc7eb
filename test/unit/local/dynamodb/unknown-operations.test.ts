import { expect, test } from 'vitest';
import { AwsError } from '../../../../local/contracts.ts';
import { DynamoDbService } from '../../../../local/dynamodb/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

/** DynamoDB over an engine that refuses every request. */
function refusing(code: string): DynamoDbService {
  const tableCommand = async () => {
    throw new AwsError(code, code);
  };
  const service = new DynamoDbService(testContext(new VirtualClock()), { onProgress: () => {}, fail: () => {} });
  return Object.defineProperty(service, 'proxy', { value: { tableCommand, engine: { title: 'dynoxide' } } });
}

test('An operation that the engine does not have is refused by name, and other errors are told as they are', async () => {
  await expect(refusing('UnknownOperationException').handle('ListBackups', {})).rejects.toMatchObject({
    code: 'UnknownOperationException',
    message: 'The embedded DynamoDB (dynoxide) does not have ListBackups.',
  });
  await expect(refusing('ValidationException').handle('ListTables', {})).rejects.toMatchObject({
    code: 'ValidationException',
  });
});
