/** A file cannot be read or written: what that means for the person who runs the app. */
import { statfsSync } from 'node:fs';

const FULL = ['ENOSPC', 'EDQUOT'];
/** SQLite's result codes (https://sqlite.org/rescode.html). */
const SQLITE = { corrupt: 11, full: 13, notADatabase: 26 };

/** The error in words that name the file and say what to do; unknown kinds are returned as they are. */
export function storageFailure(error: unknown, file: string): unknown {
  if (error instanceof DamagedFile) return error;
  const { message } = error as Error;
  if (isOutOfRoom(error)) return new Error(fullDisk(file, message), { cause: error });
  const result = resultOf(error);
  if (result === SQLITE.corrupt || result === SQLITE.notADatabase) return damaged(file, message, error);
  return error;
}

/** Whether something could not be stored because the disk is full. */
export const isOutOfRoom = (error: unknown): boolean =>
  error instanceof Error &&
  (FULL.includes((error as NodeJS.ErrnoException).code ?? '') || resultOf(error) === SQLITE.full);

/** SQLite's result, without what it says in more detail. */
function resultOf(error: unknown): number | undefined {
  const { errcode } = error as { readonly errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** Such a disk is full, though some small thing may still find room on it. */
const LITTLE_ROOM_BYTES = 1_048_576;

/** Whether what another program could not write into the folder has failed because the disk is full. */
export function isFull(folder: string, message: string): boolean {
  if (/disk is full/.test(message)) return true;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < LITTLE_ROOM_BYTES;
}

export const fullDisk = (fileOrFolder: string, fault: string): string =>
  `The disk is full: ${fileOrFolder} cannot be written (${fault}). Make room; nothing that was accepted is lost.`;

/** Reading it again makes no difference: a person decides. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** A file whose content makes no sense. Nothing is deleted. */
export const damaged = (file: string, fault: string, cause?: unknown): DamagedFile =>
  new DamagedFile(
    `The file ${file} is damaged: ${fault}. Nothing was changed. Keep a copy of the whole folder; then put a good copy of the file in its place, or take another data folder.`,
    { cause },
  );

/** The content of a JSON file. @throws Error that names the file when it is no JSON */
export function parseFile(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw damaged(file, (error as Error).message, error);
  }
}
