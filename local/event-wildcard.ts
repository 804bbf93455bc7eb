/** Wildcards of event patterns: `*` stands for any text, `\*` and `\\` for themselves. */

const ANY = Symbol('any text');
type Step = string | typeof ANY;

/**
 * EventBridge follows all readings of a text at once and does not say how many it allows; this many are between the
 * patterns that it is known to take and those that it is known to refuse.
 */
const MAX_READINGS = 6;
/** A search for the most readings that takes longer than this is over: the wildcard is too complex. */
const MAX_SEARCHED = 20_000;

/** @throws RangeError in EventBridge's words */
export function compileWildcard(wildcard: string): (text: string) => boolean {
  const steps = stepsOf(wildcard);
  if (isTooComplex(steps)) {
    throw new RangeError(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  }
  const source = steps.map((step) => (step === ANY ? '.*' : step.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'))).join('');
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

function stepsOf(wildcard: string): Step[] {
  const steps: Step[] = [];
  const characters = [...wildcard];
  for (let index = 0; index < characters.length; index += 1) {
    const [character, next] = [characters[index]!, characters[index + 1]];
    // EventBridge counts the quote before the text as well, and bytes instead of characters.
    const position = 1 + Buffer.byteLength(characters.slice(0, index).join(''));
    if (character === '*') {
      if (next === '*') throw new RangeError(`Consecutive wildcard characters at pos ${position}`);
      steps.push(ANY);
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') throw new RangeError(`Invalid escape character at pos ${position}`);
      steps.push(next);
      index += 1;
    } else {
      steps.push(character);
    }
  }
  return steps;
}

/** Whether some text can be read in too many ways at once, each a place in the wildcard up to which it may have come. */
function isTooComplex(steps: readonly Step[]): boolean {
  if (steps.filter((step) => step === ANY).length < 2) return false;
  const alphabet = new Set(steps.filter((step) => step !== ANY));
  const seen = new Set<string>();
  const open: (readonly number[])[] = [[0]];
  let searched = 0;
  for (let places = open.pop(); places !== undefined; places = open.pop()) {
    if (places.length > MAX_READINGS) return true;
    for (const character of alphabet) {
      searched += 1;
      if (searched > MAX_SEARCHED) return true;
      const next = [...new Set(places.flatMap((place) => after(steps, place, character)))].sort((a, b) => a - b);
      const key = next.join();
      if (next.length === 0 || seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return false;
}

/** The places that are reached from a place with one more character. */
function after(steps: readonly Step[], place: number, character: string): number[] {
  const step = steps[place];
  if (step === ANY) return [place, ...after(steps, place + 1, character)];
  return step === character ? [place + 1] : [];
}
