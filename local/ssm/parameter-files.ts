import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder with a file for each parameter, named as the parameter is. */
export class ParameterFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  names(): string[] {
    return globSync('**/*', { cwd: this.#folder })
      .filter((file) => !file.endsWith(DRAFT) && statSync(path.join(this.#folder, file)).isFile())
      .map((file) => `/${file.split(path.sep).join('/')}`);
  }

  read(name: string): string | undefined {
    try {
      return readFileSync(this.#pathOf(name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** A reader finds the old content or the new one, never half of it. */
  write(name: string, value: string): void {
    const file = this.#pathOf(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}${DRAFT}`, value);
    renameSync(`${file}${DRAFT}`, file);
  }

  remove(name: string): void {
    rmSync(this.#pathOf(name), { force: true });
  }

  #pathOf(name: string): string {
    return path.join(this.#folder, name);
  }
}

const DRAFT = '.draft';
