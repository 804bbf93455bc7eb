declare module 'virtual:sagas' {
  /** By their names; `sagas.ts` makes them. */
  const definitions: unknown;
  export default definitions;
}
