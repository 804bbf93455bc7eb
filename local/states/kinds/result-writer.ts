import type { Json } from '../../contracts.ts';
import { text } from '../../properties.ts';
import type { MapState } from '../definition.ts';
import type { DistributedMaps } from '../environment.ts';
import { TaskFailure } from '../failure.ts';
import { refusalText } from '../map-runs/access.ts';
import { manifestOf, resultFiles, resultsOf } from '../map-runs/results.ts';
import type { Visit } from '../visit.ts';

/** The result of the state: what the executions gave, or where that was written. @throws TaskFailure `States.ResultWriterFailed` */
export async function writeResults(
  visit: Visit<MapState>,
  { runs, access }: DistributedMaps,
  mapRunArn: string,
): Promise<Json> {
  const { Resource, Arguments = {}, WriterConfig } = visit.state.ResultWriter ?? {};
  const run = runs.store.find(mapRunArn)!;
  const children = runs.store.children(mapRunArn);
  if (Resource === undefined) return resultsOf(children, run.machineArn, WriterConfig?.Transformation ?? 'COMPACT');
  const { Bucket, Prefix } = await visit.fillObject('ResultWriter/Arguments', Arguments);
  const bucket = text(Bucket) ?? '';
  const prefix = text(Prefix)?.replace(/\/$/, '');
  const folder = `${prefix === undefined || prefix === '' ? '' : `${prefix}/`}${mapRunArn.split(':').at(-1)}`;
  const files = resultFiles(children, run, WriterConfig).map((file) => ({ ...file, key: `${folder}/${file.name}` }));
  const manifest = { key: `${folder}/manifest.json`, content: JSON.stringify(manifestOf(mapRunArn, bucket, files)) };
  try {
    for (const { key, content } of [...files, manifest]) access.write(bucket, key, content);
  } catch (error) {
    throw new TaskFailure('States.ResultWriterFailed', refusalText(error));
  }
  return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: manifest.key } };
}
