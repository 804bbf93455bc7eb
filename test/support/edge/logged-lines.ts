import { onTestFinished, vi } from 'vitest';
import { logger } from '../../../functions/shared/edge/logger.ts';

/** What functions of this process write to their log until the test ends, without the logger's own fields, and unless asked without spans. */
export function loggedLines({ spans = false } = {}): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const level = logger.getLevelName();
  logger.setLogLevel('INFO');
  // A handler of another test file may have added some to the one logger.
  logger.resetKeys();
  onTestFinished(() => {
    logger.setLogLevel(level);
    vi.restoreAllMocks();
  });
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      const {
        timestamp: _at,
        service: _of,
        sampling_rate: _share,
        span,
        ...line
      } = JSON.parse(String(text)) as Record<string, unknown>;
      lines.push(spans && span !== undefined ? { ...line, span } : line);
      return true;
    });
  }
  return lines;
}
