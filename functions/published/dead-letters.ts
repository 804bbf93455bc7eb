export type { LetterKind } from '../dead-letters/domain/letter.ts';
