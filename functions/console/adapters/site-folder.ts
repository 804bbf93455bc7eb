import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The files of a folder and of those beneath it, by their path from it, such as `assets/main-B7k2.js`. All of them are text: API Gateway would
 * need to be told of others.
 * @throws the file system's error when there is none
 */
export function readSite(folder: URL): ReadonlyMap<string, string> {
  const names = readdirSync(fileURLToPath(folder), { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(fileURLToPath(folder).length).replace(/^\//, ''));
  return new Map(files.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
}
