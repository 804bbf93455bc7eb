/** What schemathesis reports, line by line, as findings. */
import { readFileSync } from 'node:fs';

export interface Finding {
  /** The check that failed, such as `negative_data_rejection`. */
  readonly check: string;
  readonly message: string;
  /** Such as `POST /api/v1/orders`. */
  readonly operation: string;
  readonly status: number;
  /** The last part of the `type` of the answer's problem document; empty for another answer. */
  readonly problem: string;
  readonly detail: string;
  readonly request: string;
}

export interface Report {
  /** All that were tried, such as `POST /api/v1/orders`. */
  readonly operations: readonly string[];
  readonly findings: readonly Finding[];
}

interface Bytes {
  readonly $base64: string;
}
interface Recorder {
  readonly label: string;
  readonly checks: Readonly<
    Record<
      string,
      readonly {
        readonly name: string;
        readonly status: string;
        readonly failure_info?: { readonly failure: { readonly message: string } };
      }[]
    >
  >;
  readonly interactions: Readonly<
    Record<
      string,
      {
        readonly request: { readonly method: string; readonly uri: string; readonly body?: Bytes | null };
        readonly response?: { readonly status_code: number; readonly content?: Bytes | null } | null;
      }
    >
  >;
}

/** @param file the report in NDJSON */
export function reportIn(file: string): Report {
  const recorders = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { readonly ScenarioFinished?: { readonly recorder: Recorder } })
    .flatMap(({ ScenarioFinished: finished }) => (finished ? [finished.recorder] : []));
  return { operations: [...new Set(recorders.map(({ label }) => label))], findings: recorders.flatMap(findingsOf) };
}

const findingsOf = ({ label, checks, interactions }: Recorder): Finding[] =>
  Object.entries(checks).flatMap(([id, results]) =>
    results
      .filter(({ status }) => status === 'failure')
      .map(({ name, failure_info: info }) => {
        const { request, response } = interactions[id]!;
        const { type = '', detail = '' } = problemIn(textOf(response?.content));
        return {
          check: name,
          message: info?.failure.message ?? '',
          operation: label,
          status: response?.status_code ?? 0,
          problem: type.split(':').at(-1)!,
          detail,
          request: `${request.method} ${request.uri} ${textOf(request.body)}`.slice(0, 600),
        };
      }),
  );

const textOf = (bytes: Bytes | null | undefined): string => Buffer.from(bytes?.$base64 ?? '', 'base64').toString();

function problemIn(text: string): { readonly type?: string; readonly detail?: string } {
  try {
    return JSON.parse(text) as { type?: string; detail?: string };
  } catch {
    return {};
  }
}
