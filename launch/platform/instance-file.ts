/** A file in the data folder with the addresses of the running instance, for other programs. */
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

/** After a kill the file stays, and a program that reads it finds that nothing answers at its addresses. */
export const removeInstanceFile = (dataDir: string): void => rmSync(path.join(dataDir, INSTANCE_FILE), { force: true });
