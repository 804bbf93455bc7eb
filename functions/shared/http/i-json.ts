/**
 * Where a JSON text is no I-JSON (RFC 7493): programs read it in different ways. `JSON.parse` takes the last of two fields of the
 * same name and the next number that it has, without a word.
 */

import { type BodyFault, pointerTo } from './invalid-request.ts';

/** Deeper than every request and settings document. */
const DEEPEST = 32;
/** Fields that change an object of JavaScript instead of its content, when it is copied carelessly. */
const OF_PROTOTYPES = ['__proto__', 'constructor', 'prototype'];
/** In valid JSON, these are all that there is beside white space. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
const LONGEST_NUMBER = 40;

/** An object or a list that the reader is in. */
interface Level {
  readonly names: Set<string> | undefined;
  /** Of the present field or element. */
  place: string | number;
  expectsName: boolean;
}

/** @param text valid JSON */
export function faultsOfJson(text: string): readonly BodyFault[] {
  const levels: Level[] = [];
  const faults: BodyFault[] = [];
  const report = (detail: string) => faults.push({ pointer: pointerTo(levels.map(({ place }) => place)), detail });
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (levels.length === DEEPEST) report(`It is nested deeper than ${DEEPEST} levels.`);
      const names = token === '{' ? new Set<string>() : undefined;
      levels.push({ names, place: names ? '' : 0, expectsName: names !== undefined });
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (token === ',') {
      if (typeof level!.place === 'number') level!.place += 1;
      else level!.expectsName = true;
    } else if (level?.expectsName && token !== ':') {
      const fault = enter(level, JSON.parse(token) as string);
      if (fault !== undefined) report(fault);
    } else if (/^[-\d]/.test(token)) {
      const fault = faultOfNumber(token);
      if (fault !== undefined) report(fault);
    }
    if (levels.length > DEEPEST) break;
  }
  return faults;
}

/** Goes to the field of this name. */
function enter(level: Level, name: string): string | undefined {
  level.place = name;
  level.expectsName = false;
  if (OF_PROTOTYPES.includes(name)) return 'No field has this name.';
  if (level.names!.has(name)) return 'This field is given more than once; expected once.';
  level.names!.add(name);
  return undefined;
}

function faultOfNumber(token: string): string | undefined {
  const kept = String(Number(token));
  if (token.length <= LONGEST_NUMBER && decimal(token) === decimal(kept)) return undefined;
  return `The number ${token.slice(0, LONGEST_NUMBER)} would become ${kept}; expected at most 15 digits.`;
}

/** The same text for the same number, however it is written; the sign does not matter here. */
function decimal(number: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(number) ?? [];
  if (whole === '') return number;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${significant}e${power}`;
}
