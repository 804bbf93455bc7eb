import { WaybillError } from '../../../shared/kernel/errors.ts';

/** A promotion's record is not one. Whoever maintains promotions has to mend it; until then its code is of no use. */
export class BrokenPromotion extends WaybillError {
  override readonly name = 'BrokenPromotion' as const;

  constructor(code: string, complaints: readonly string[]) {
    super(`The promotion ${code} cannot be read: ${complaints.join('; ')}.`, { data: { code } });
  }
}
