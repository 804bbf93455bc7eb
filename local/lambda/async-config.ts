import type { JsonObject } from '../contracts.ts';
import { number, present, text } from '../properties.ts';

/** How a function is invoked asynchronously; AWS's presets hold for what is absent. */
export interface AsyncConfig {
  /** 0 to 2. */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21,600. */
  readonly maximumEventAgeSeconds?: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
}

/** Lambda's own. */
export const ASYNC_PRESETS = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 } as const;

/** Reads the properties of `AWS::Lambda::EventInvokeConfig`. @throws RangeError for what Lambda refuses */
export function readAsyncConfig(properties: JsonObject): AsyncConfig {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = properties;
  const { OnSuccess, OnFailure } = (DestinationConfig ?? {}) as Record<string, JsonObject | undefined>;
  return present({
    maximumRetryAttempts: within('MaximumRetryAttempts', number(MaximumRetryAttempts), 0, 2),
    maximumEventAgeSeconds: within('MaximumEventAgeInSeconds', number(MaximumEventAgeInSeconds), 60, 21_600),
    onSuccessArn: text(OnSuccess?.Destination),
    onFailureArn: text(OnFailure?.Destination),
  });
}

function within(name: string, value: number | undefined, least: number, most: number): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  throw new RangeError(`${name} is a whole number from ${least} to ${most}, got ${value}.`);
}

/** The configuration as GetFunctionEventInvokeConfig answers it. */
export const describeAsyncConfig = (
  { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn }: AsyncConfig,
  functionArn: string,
): JsonObject => ({
  FunctionArn: `${functionArn}:$LATEST`,
  ...present({ MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
  DestinationConfig: {
    OnSuccess: present({ Destination: onSuccessArn }),
    OnFailure: present({ Destination: onFailureArn }),
  },
});
