import { AwsError, type JsonObject } from '../../contracts.ts';
import type { IamService } from '../../iam/service.ts';
import type { S3Service } from '../../s3/service.ts';
import type { Permission } from '../../service.ts';

/** What an object of a bucket is listed as, as an item. */
const listed = ({ key, size, etag, modifiedAt }: ReturnType<S3Service['listObjects']>[number]): JsonObject => ({
  Etag: etag,
  Key: key,
  LastModified: Math.floor(modifiedAt / 1_000),
  Size: size,
  StorageClass: 'STANDARD',
});

/** What a distributed Map does outside the engine, in the role of its state machine. */
export interface MapRunAccess {
  /** @throws AwsError when the role may not start the machine's own executions */
  checkStart(machineArn: string): void;
  /** @throws AwsError when the role may not redrive executions of this state machine of a map run */
  checkRedrive(machineArn: string): void;
  /** @throws AwsError of S3 */
  read(bucket: string, key: string): string;
  list(bucket: string, prefix: string): JsonObject[];
  write(bucket: string, key: string, content: string): void;
}

export type AccessOf = (roleArn: string, executionName: string) => MapRunAccess;

/** Access that the policies of the role decide about. */
export const guardedAccess =
  ({ s3, iam }: { readonly s3: S3Service; readonly iam: Pick<IamService, 'authoriseRole'> }): AccessOf =>
  (roleArn, executionName) => {
    const need = (permissions: readonly Permission[]) => iam.authoriseRole(roleArn, executionName, permissions);
    return {
      checkStart: (resource) => need([{ action: 'states:StartExecution', resource }]),
      checkRedrive: (machineArn) =>
        need([
          {
            action: 'states:RedriveExecution',
            resource: `${machineArn.replace(':stateMachine:', ':execution:')}:*`,
          },
        ]),
      read(Bucket, Key) {
        need(s3.permissions('GetObject', { Bucket, Key }));
        return s3.getObject(Bucket, Key).content;
      },
      list(Bucket, prefix) {
        need(s3.permissions('ListObjectsV2', { Bucket }));
        return s3.listObjects(Bucket, prefix).map(listed);
      },
      write(Bucket, Key, content) {
        need(s3.permissions('PutObject', { Bucket, Key }));
        s3.putObject(Bucket, Key, content, 'application/json');
      },
    };
  };

/** The text of an error of S3 or IAM; anything else is thrown again. */
export function refusalText(error: unknown): string {
  if (error instanceof AwsError) return error.message;
  throw error;
}
