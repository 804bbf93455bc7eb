import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What `make` has made at the first start, in a file for its owner alone. @param file without one it is made at each start */
export function keptSecrets<Secrets extends object>(file: string | undefined, make: () => Secrets): Secrets {
  if (file === undefined) return make();
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const made = make();
  keepSecrets(file, made);
  return made;
}

/** Writes them anew. @param file without one nothing is kept */
export function keepSecrets(file: string | undefined, secrets: object): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
