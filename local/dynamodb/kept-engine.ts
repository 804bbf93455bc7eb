import { type KeepingOptions, KeptProcess } from '../kept-process.ts';
import { present } from '../properties.ts';
import { DamagedFile } from '../storage-failure.ts';
import type { Engine } from './engine.ts';
import { EngineProcess } from './process.ts';
import type { EngineAddress } from './proxy.ts';

/** More than a minute with all pauses: so long, steps of a state machine repeat what a database that is away has refused. */
const ATTEMPTS = 12;
/** Longer than any pause of an engine that works, shorter than the patience of a person who looks at a platform that stands. */
const SILENCE_MS = 60_000;

export interface EngineKeeping extends Pick<KeepingOptions<EngineProcess>, 'time' | 'warn'> {
  /** The folder that holds the data: what one process has acknowledged, the next one has. @default in memory */
  readonly dir?: string;
  /** Called when the engine is away for good, with what to tell the person. */
  readonly fail: (reason: Error) => void;
  /** After how long without any answer an engine hangs: it is ended, and started again. @default a minute */
  readonly silenceMs?: number;
}

/**
 * An engine that is started again, at the same address, whenever it ends by itself or hangs. Until it answers again, callers meet a
 * database that is away. An engine in memory has lost its data, and is not started again.
 * @throws EngineUnavailable
 */
export async function keepEngine(
  engine: Engine,
  { dir, fail, silenceMs = SILENCE_MS, ...keeping }: EngineKeeping,
): Promise<EngineAddress & { close(): Promise<void> }> {
  if (dir === undefined) {
    return EngineProcess.start(engine, {
      silenceMs,
      onCrash: (output) =>
        fail(
          new Error(`${engine.title} ended unexpectedly, and with it all data, which was in memory. ${said(output)}`),
        ),
    });
  }
  const kept = await KeptProcess.start<EngineProcess>({
    ...keeping,
    name: engine.title,
    attempts: ATTEMPTS,
    isFinal: (error) => error instanceof DamagedFile,
    giveUp: (reason) => fail(reason instanceof DamagedFile ? reason : withFolder(reason, dir)),
    start: (onCrash, previous) =>
      EngineProcess.start(engine, { dir, onCrash, silenceMs, ...present({ port: previous && portOf(previous) }) }),
  });
  return { engine, url: kept.current.url, dir, close: () => kept.close() };
}

const portOf = ({ url }: EngineProcess): number => Number(new URL(url).port);
const said = (output: string): string => `It said: ${output.trim() || 'nothing'}`;
const withFolder = ({ message }: Error, dir: string): Error =>
  new Error(
    `${message}\nThe tables are in ${dir}, and nothing that was accepted is lost. Look whether disk and memory have room, then start again.`,
  );
