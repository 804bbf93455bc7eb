declare module 'virtual:sagas' {
  import type { SagaDefinition } from './saga/definition.ts';

  const definitions: Readonly<Record<'order-saga' | 'items-change', SagaDefinition>>;
  export default definitions;
}
