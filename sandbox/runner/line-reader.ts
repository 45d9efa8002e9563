/** Cuts a stream of text into lines as .NET's `StreamReader.ReadLine` does: a lone carriage return ends a line too. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  #rest = '';
  #skipsLineFeed = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(chunk: string): void {
    // A line feed that follows a carriage return belongs to it, even in the next chunk.
    const text = this.#skipsLineFeed && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    if (chunk !== '') this.#skipsLineFeed = chunk.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  /** The stream is over: what came after the last line break is a line as well. */
  end(): void {
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}
