/** A file cannot be read or written: what that means for the person who runs the app. */

const FULL = ['ENOSPC', 'EDQUOT'];
/** SQLite's result codes (https://sqlite.org/rescode.html). */
const SQLITE = { corrupt: 11, full: 13, notADatabase: 26 };

/** The error in words that name the file and say what to do; unknown kinds are returned as they are. */
export function storageFailure(error: unknown, file: string): unknown {
  const { code = '', errcode, message } = error as NodeJS.ErrnoException & { readonly errcode?: number };
  const result = errcode === undefined ? undefined : errcode & 0xff;
  if (FULL.includes(code) || result === SQLITE.full) {
    return new Error(
      `The disk is full: ${file} cannot be written (${message}). Make room; nothing that was accepted is lost.`,
      {
        cause: error,
      },
    );
  }
  if (result === SQLITE.corrupt || result === SQLITE.notADatabase) return damaged(file, message, error);
  return error;
}

/** A file whose content makes no sense. Nothing is deleted: a person decides. */
export const damaged = (file: string, fault: string, cause?: unknown): Error =>
  new Error(
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
