import { type ItemBatcher, type ItemReader, isDistributed, type MapState, type ResultWriter } from './definition.ts';
import { checkFields, mustHave, refusal } from './definition-error.ts';
import { ITEM_BATCHER, ITEM_READER, PROCESSOR_CONFIG, READER_CONFIG, RESULT_WRITER, WRITER_CONFIG } from './fields.ts';

const ONLY_DISTRIBUTED = ['Label', 'ItemReader', 'ItemBatcher', 'ResultWriter'] as const;

/** Checks what a Map has beside its item processor's states. @throws DefinitionError */
export function checkMap(state: MapState, where: string): void {
  const { ProcessorConfig = {} } = state.ItemProcessor;
  const config = `${where}, ItemProcessor, ProcessorConfig`;
  checkFields(ProcessorConfig, config, PROCESSOR_CONFIG);
  if (!isDistributed(state)) {
    const field = ONLY_DISTRIBUTED.find((name) => state[name] !== undefined);
    if (field !== undefined) throw refusal(`${where}, ${field}`, 'it is for a Map whose Mode is DISTRIBUTED');
    if (ProcessorConfig.ExecutionType !== undefined) {
      throw refusal(`${config}, ExecutionType`, 'it is for the Mode DISTRIBUTED');
    }
    return;
  }
  mustHave(ProcessorConfig, config, 'ExecutionType');
  const { Items, ItemReader, ItemBatcher, ResultWriter } = state;
  if (ItemReader && Items !== undefined) throw refusal(where, 'it has both Items and ItemReader');
  if (ItemReader) checkReader(ItemReader, `${where}, ItemReader`);
  if (ItemBatcher) checkBatcher(ItemBatcher, `${where}, ItemBatcher`);
  if (ResultWriter) checkWriter(ResultWriter, `${where}, ResultWriter`);
}

function checkReader(reader: ItemReader, where: string): void {
  checkFields(reader, where, ITEM_READER);
  for (const field of ['Resource', 'Arguments']) mustHave(reader, where, field);
  const { ReaderConfig = {} } = reader;
  const config = `${where}, ReaderConfig`;
  if (reader.Resource.endsWith(':listObjectsV2')) {
    checkFields(ReaderConfig, config, { MaxItems: READER_CONFIG.MaxItems! });
    return;
  }
  checkFields(ReaderConfig, config, READER_CONFIG);
  mustHave(ReaderConfig, config, 'InputType');
  const { InputType, CSVHeaderLocation } = ReaderConfig;
  if (InputType === 'CSV') mustHave(ReaderConfig, config, 'CSVHeaderLocation');
  if (CSVHeaderLocation === 'GIVEN') mustHave(ReaderConfig, config, 'CSVHeaders');
  const stray = Object.keys(ReaderConfig).find(
    (field) =>
      (field.startsWith('CSV') && InputType !== 'CSV') ||
      (field === 'CSVHeaders' && CSVHeaderLocation !== 'GIVEN') ||
      (field === 'ItemsPointer' && InputType !== 'JSON'),
  );
  if (stray !== undefined) throw refusal(`${config}, ${stray}`, 'it does not go with the other fields here');
}

function checkBatcher(batcher: ItemBatcher, where: string): void {
  checkFields(batcher, where, ITEM_BATCHER);
  if (batcher.MaxItemsPerBatch === undefined && batcher.MaxInputBytesPerBatch === undefined) {
    throw refusal(where, 'it has neither MaxItemsPerBatch nor MaxInputBytesPerBatch');
  }
}

function checkWriter(writer: ResultWriter, where: string): void {
  checkFields(writer, where, RESULT_WRITER);
  const { Resource, Arguments, WriterConfig } = writer;
  if ((Resource === undefined) !== (Arguments === undefined)) {
    throw refusal(where, 'Resource and Arguments go together');
  }
  if (WriterConfig) checkFields(WriterConfig, `${where}, WriterConfig`, WRITER_CONFIG);
  else if (Resource === undefined) throw refusal(where, 'it has neither a Resource nor a WriterConfig');
  if (Resource === undefined && WriterConfig?.OutputType === 'JSONL') {
    throw refusal(`${where}, WriterConfig, OutputType`, 'JSON Lines are for files, and there is no Resource');
  }
}
