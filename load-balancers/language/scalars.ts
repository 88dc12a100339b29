import { nearest, quoted } from '../problem';
import { kindOf, type Kind, scalar, type KindForm, fitsForm } from './kind';

/**
 * A whole number in a range.
 * @param isLegal what of the range is, where not all is; `range` says so then
 */
export function whole(
  min: number,
  max = Infinity,
  range = max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`,
  isLegal: (value: number) => boolean = () => true,
): Kind<number> {
  return scalar({ type: 'whole' }, `whole number ${range}`, (value) =>
    Number.isInteger(value) && value >= min && value <= max && isLegal(value)
      ? undefined
      : { reason: `it must be ${range}`, remedy: `write a whole number ${range}` },
  );
}

export function words<W extends string>(...all: readonly W[]): Kind<W> {
  return scalar({ type: 'words', words: all }, all.join(', '), (value) =>
    all.includes(value)
      ? undefined
      : {
          reason: `it must be one of ${all.join(', ')}`,
          remedy: `write ${quoted(nearest(value, all) ?? all)}`,
        },
  );
}

/** Words that the controller reads in upper and in lower case. */
export function foldedWords<W extends string>(...all: readonly W[]): Kind<W> {
  const exact = words(...all);
  return kindOf(exact.form, exact.limit, (value) =>
    exact.judge(value.toUpperCase() as W).map((each) => ({ ...each, value })),
  );
}

function flagOf<B extends boolean>(form: KindForm, limit: string): Kind<B> {
  return scalar<B>(form, limit, (value) =>
    fitsForm(form, value)
      ? undefined
      : { reason: `it must be one of ${limit}`, remedy: "write 'true' or 'false'" },
  );
}
export const flag: Kind<boolean> = flagOf({ type: 'flag' }, 'true, false');
export const only = <B extends boolean>(value: B): Kind<B> =>
  flagOf({ type: 'flag', only: value }, String(value));
