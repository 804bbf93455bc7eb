import type { Json } from '../../contracts.ts';
import { text } from '../../properties.ts';
import type { ItemReader, MapState } from '../definition.ts';
import { type MapRunAccess, refusalText } from '../map-runs/access.ts';
import { itemsIn, readerFailure } from '../map-runs/read-items.ts';
import type { Visit } from '../visit.ts';

/** The items that the state's ItemReader names. @throws TaskFailure `States.ItemReaderFailed` */
export async function readItems(
  visit: Visit<MapState>,
  { Resource, Arguments, ReaderConfig = {} }: ItemReader,
  access: MapRunAccess,
): Promise<readonly Json[]> {
  const place = await visit.fillObject('ItemReader/Arguments', Arguments);
  const most = await visit.fillNumber('ItemReader/ReaderConfig/MaxItems', ReaderConfig.MaxItems ?? 0);
  if (most < 0) throw readerFailure('field MaxItems must be positive');
  const bucket = text(place.Bucket) ?? '';
  const items = Resource.endsWith(':listObjectsV2')
    ? from(() => access.list(bucket, text(place.Prefix) ?? ''))
    : itemsIn(
        from(() => access.read(bucket, text(place.Key) ?? '')),
        ReaderConfig,
      );
  return most === 0 ? items : items.slice(0, most);
}

function from<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw readerFailure(refusalText(error));
  }
}
