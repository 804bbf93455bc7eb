import { PATIENCE_MS } from '../domain/letter.ts';

/** The ISO time after which a letter was resent too lately to be resent again. @param now milliseconds since the epoch */
export const patientSince = (now: number): string => new Date(now - PATIENCE_MS).toISOString();
