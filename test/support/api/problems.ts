interface Problem {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
}

/** The problem document of a refusal, with the status of the answer itself. */
export const problemOf = async (answer: Response): Promise<Problem> => ({
  ...((await answer.json()) as Problem),
  status: answer.status,
});

/** What a problem document of this kind must have, such as `problem(409, 'illegal-transition')`. */
export const problem = (status: number, kind: string) => ({ status, type: `urn:waybill:problem:${kind}` });
