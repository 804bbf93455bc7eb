import type { JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import type { DefinitionError } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import { optionalChoice, pageSize, text } from '../input.ts';

const MAX_RESULTS = 100;

export const validateOperations = (definitions: Definitions): Operations => ({
  /** All for which the engine would refuse the definition. AWS's warnings are about JSONPath only, so there are none. */
  ValidateStateMachineDefinition(input) {
    const type = optionalChoice(input, 'type', ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    optionalChoice(input, 'severity', ['ERROR', 'WARNING']);
    const most = pageSize(input, MAX_RESULTS);
    const faults = [...definitions.faultsIn(text(input, 'definition'), type)];
    return {
      result: faults.length === 0 ? 'OK' : 'FAIL',
      diagnostics: faults.slice(0, most).map(diagnosticOf),
      truncated: faults.length > most,
    };
  },
});

const diagnosticOf = ({ place, what, fault }: DefinitionError): JsonObject => ({
  severity: 'ERROR',
  code: fault,
  message: `${place.words}: ${what}`,
  location: place.location,
});
