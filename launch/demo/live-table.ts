/** A table whose rows change in place on a terminal; elsewhere each row is printed once, when it is finished. */
export class LiveTable {
  readonly #header: readonly string[];
  readonly #out: NodeJS.WriteStream;
  readonly #rows: string[][] = [];
  #drawn = 0;

  constructor(header: readonly string[], out: NodeJS.WriteStream) {
    this.#header = header;
    this.#out = out;
  }

  set(row: number, cells: string[]): void {
    this.#rows[row] = cells;
    if (this.#out.isTTY) this.#draw();
  }

  finish(row: number, cells: string[]): void {
    this.set(row, cells);
    if (!this.#out.isTTY) this.#out.write(`${cells.filter(Boolean).join(' | ')}\n`);
  }

  end(): void {
    if (this.#out.isTTY) return;
    this.#out.write('\n');
    this.#draw();
  }

  #draw(): void {
    const rows = [this.#header, ...this.#rows.filter(Boolean)];
    const widths = this.#header.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
    const room = this.#out.columns ?? Number.POSITIVE_INFINITY;
    const lines = rows.map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    if (this.#drawn > 0) this.#out.moveCursor(0, -this.#drawn);
    for (const line of lines) {
      if (this.#out.isTTY) this.#out.clearLine(0);
      // A wrapped line would break the count of lines to go back.
      this.#out.write(`${line.length < room ? line : `${line.slice(0, room - 2)}…`}\n`);
    }
    this.#drawn = lines.length;
  }
}
