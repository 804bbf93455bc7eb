import given from 'virtual:sagas';
import type { SagaDefinition } from './definition.ts';

/** The sagas of this release, as the build has read them. */
export const SAGAS = given as Readonly<Record<'order-saga' | 'items-change', SagaDefinition>>;
