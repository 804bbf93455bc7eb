import type { Json, JsonObject } from '../../contracts.ts';
import { present } from '../../properties.ts';
import type { ResultWriter } from '../definition.ts';
import type { Child, MapRunRow } from './store.ts';

type WriterConfig = NonNullable<ResultWriter['WriterConfig']>;

/** A file with results, without the folder of its map run. */
export interface ResultFile {
  readonly name: string;
  readonly kind: ResultKind;
  readonly content: string;
}

const KINDS = ['SUCCEEDED', 'FAILED', 'PENDING'] as const;
type ResultKind = (typeof KINDS)[number];

/** An execution that has ended, as the results tell it. */
export function recordOf(child: Child, machineArn: string): JsonObject {
  const { status, output, error, cause, startedAt, stoppedAt } = child;
  const date = (ms: number | null) => (ms === null ? undefined : new Date(ms).toISOString());
  return {
    ExecutionArn: child.arn,
    Input: child.input,
    InputDetails: { Included: true },
    Name: child.name,
    ...present({
      Output: output ?? undefined,
      OutputDetails: output === null ? undefined : { Included: true },
      Error: error ?? undefined,
      Cause: cause ?? undefined,
      StartDate: date(startedAt),
      StopDate: date(stoppedAt),
    }),
    RedriveCount: child.redriveCount,
    StateMachineArn: machineArn,
    Status: status ?? 'PENDING',
  };
}

/** What the executions gave, in the order of the items; those that did not succeed are told as they are, whatever the transformation. */
export function resultsOf(
  children: readonly Child[],
  machineArn: string,
  transformation: WriterConfig['Transformation'],
): Json[] {
  return children.flatMap((child): Json[] => {
    if (child.status !== 'SUCCEEDED' || transformation === 'NONE') return [recordOf(child, machineArn)];
    const output = JSON.parse(child.output!) as Json;
    return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
  });
}

/** The files that ResultWriter writes: one for each kind of result of which there is any. */
export function resultFiles(
  children: readonly Child[],
  { machineArn }: Pick<MapRunRow, 'machineArn'>,
  { Transformation = 'NONE', OutputType = 'JSON' }: WriterConfig = {},
): ResultFile[] {
  return KINDS.flatMap((kind): ResultFile[] => {
    const results = resultsOf(
      children.filter(({ status }) => kindOf(status) === kind),
      machineArn,
      Transformation,
    );
    if (results.length === 0) return [];
    const content =
      OutputType === 'JSONL'
        ? results.map((result) => `${JSON.stringify(result)}\n`).join('')
        : JSON.stringify(results);
    return [{ name: `${kind}_0.${OutputType.toLowerCase()}`, kind, content }];
  });
}

const kindOf = (status: Child['status']): ResultKind =>
  status === null ? 'PENDING' : status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';

/** @param files with the keys under which they were written */
export function manifestOf(
  mapRunArn: string,
  bucket: string,
  files: readonly (ResultFile & { readonly key: string })[],
): JsonObject {
  const written = (kind: ResultKind) =>
    files
      .filter((file) => file.kind === kind)
      .map(({ key, content }) => ({ Key: key, Size: Buffer.byteLength(content) }));
  return {
    DestinationBucket: bucket,
    MapRunArn: mapRunArn,
    ResultFiles: { FAILED: written('FAILED'), PENDING: written('PENDING'), SUCCEEDED: written('SUCCEEDED') },
  };
}
