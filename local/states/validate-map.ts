import { type ItemBatcher, type ItemReader, isDistributed, type MapState, type ResultWriter } from './definition.ts';
import { DefinitionError, type Faults, type Place } from './definition-error.ts';
import { ITEM_BATCHER, ITEM_READER, PROCESSOR_CONFIG, READER_CONFIG, RESULT_WRITER, WRITER_CONFIG } from './fields.ts';
import { missingFields, soundFields } from './validate-fields.ts';

const ONLY_DISTRIBUTED = ['Label', 'ItemReader', 'ItemBatcher', 'ResultWriter'] as const;

/** What is wrong in a Map beside its item processor's states. */
export function* mapFaults(state: MapState, place: Place): Faults {
  const { ProcessorConfig = {} } = state.ItemProcessor;
  const config = place.field('ItemProcessor').field('ProcessorConfig');
  if (typeof ProcessorConfig === 'object') yield* soundFields(ProcessorConfig, config, PROCESSOR_CONFIG);
  if (!isDistributed(state)) {
    for (const field of ONLY_DISTRIBUTED.filter((name) => state[name] !== undefined)) {
      yield new DefinitionError(place.field(field), 'it is for a Map whose Mode is DISTRIBUTED');
    }
    if (ProcessorConfig.ExecutionType !== undefined) {
      yield new DefinitionError(config.field('ExecutionType'), 'it is for the Mode DISTRIBUTED');
    }
    return;
  }
  yield* missingFields(ProcessorConfig, config, ['ExecutionType']);
  const { Items, ItemReader, ItemBatcher, ResultWriter } = state;
  if (ItemReader && Items !== undefined) yield new DefinitionError(place, 'it has both Items and ItemReader');
  if (ItemReader) yield* readerFaults(ItemReader, place.field('ItemReader'));
  if (ItemBatcher) yield* batcherFaults(ItemBatcher, place.field('ItemBatcher'));
  if (ResultWriter) yield* writerFaults(ResultWriter, place.field('ResultWriter'));
}

function* readerFaults(reader: ItemReader, place: Place): Faults {
  const sound = (yield* soundFields(reader, place, ITEM_READER)) ?? {};
  yield* missingFields(reader, place, ['Resource', 'Arguments']);
  const { ReaderConfig = {}, Resource } = sound;
  const config = place.field('ReaderConfig');
  if (Resource?.endsWith(':listObjectsV2')) {
    yield* soundFields(ReaderConfig, config, { MaxItems: READER_CONFIG.MaxItems! });
    return;
  }
  yield* soundFields(ReaderConfig, config, READER_CONFIG);
  yield* missingFields(ReaderConfig, config, ['InputType']);
  const { InputType, CSVHeaderLocation } = ReaderConfig;
  if (InputType === 'CSV') yield* missingFields(ReaderConfig, config, ['CSVHeaderLocation']);
  if (CSVHeaderLocation === 'GIVEN') yield* missingFields(ReaderConfig, config, ['CSVHeaders']);
  const stray = Object.keys(ReaderConfig).filter(
    (field) =>
      (field.startsWith('CSV') && InputType !== 'CSV') ||
      (field === 'CSVHeaders' && CSVHeaderLocation !== 'GIVEN') ||
      (field === 'ItemsPointer' && InputType !== 'JSON'),
  );
  for (const field of stray) {
    yield new DefinitionError(config.field(field), 'it does not go with the other fields here');
  }
}

function* batcherFaults(batcher: ItemBatcher, place: Place): Faults {
  yield* soundFields(batcher, place, ITEM_BATCHER);
  if (batcher.MaxItemsPerBatch === undefined && batcher.MaxInputBytesPerBatch === undefined) {
    yield new DefinitionError(place, 'it has neither MaxItemsPerBatch nor MaxInputBytesPerBatch');
  }
}

function* writerFaults(writer: ResultWriter, place: Place): Faults {
  yield* soundFields(writer, place, RESULT_WRITER);
  const { Resource, Arguments, WriterConfig } = writer;
  if ((Resource === undefined) !== (Arguments === undefined)) {
    yield new DefinitionError(place, 'Resource and Arguments go together');
  }
  if (WriterConfig) yield* soundFields(WriterConfig, place.field('WriterConfig'), WRITER_CONFIG);
  else if (Resource === undefined) yield new DefinitionError(place, 'it has neither a Resource nor a WriterConfig');
  if (Resource === undefined && WriterConfig?.OutputType === 'JSONL') {
    const output = place.field('WriterConfig').field('OutputType');
    yield new DefinitionError(output, 'JSON Lines are for files, and there is no Resource');
  }
}
