/** A running instance leaves a note in its data folder for the programs beside it. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const INSTANCE_FILE = 'instance.json';

export interface InstanceFile {
  /** Base URL of the API. */
  readonly url: string;
  /** The AWS endpoint. */
  readonly endpointUrl: string;
}

export const writeInstanceFile = (dataDir: string, { url, endpointUrl }: InstanceFile): void =>
  writeFileSync(path.join(dataDir, INSTANCE_FILE), `${JSON.stringify({ url, endpointUrl })}\n`);

/** After a kill the note stays: whoever follows it finds nobody there. */
export const removeInstanceFile = (dataDir: string): void => rmSync(path.join(dataDir, INSTANCE_FILE), { force: true });
