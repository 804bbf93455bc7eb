import type { JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { DefinitionError } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import { optionalChoice, text } from '../input.ts';

export const validateOperations = (definitions: Definitions): Operations => ({
  /** The first thing in the definition for which the engine would refuse it. */
  ValidateStateMachineDefinition(input) {
    const type = optionalChoice(input, 'type', ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    optionalChoice(input, 'severity', ['ERROR', 'WARNING']);
    try {
      definitions.check(text(input, 'definition'), type);
      return { result: 'OK', diagnostics: [], truncated: false };
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return { result: 'FAIL', diagnostics: [diagnosticOf(error)], truncated: false };
    }
  },
});

const diagnosticOf = ({ where, what, isJson }: DefinitionError): JsonObject => ({
  severity: 'ERROR',
  code: isJson ? 'SCHEMA_VALIDATION_FAILED' : 'INVALID_JSON_DESCRIPTION',
  message: `${where}: ${what}`,
  location: locationOf(where),
});

/** `state Pay, Retry[0], Next` is at `/States/Pay/Retry[0]/Next`. */
const locationOf = (where: string): string =>
  `/${where
    .split(', ')
    .map((part) => part.replace(/^state /, 'States/'))
    .filter((part) => part !== 'the definition')
    .join('/')}`;
