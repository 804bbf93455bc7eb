/** Searches and filters that an operator has saved under a name, kept in this browser for this operator. */

export interface SavedView {
  readonly name: string;
  /** The query of the address, such as `status=held`. */
  readonly query: string;
}

const MOST_KEPT = 50;
const keyOf = (operatorId: string): string => `waybill-console-views:${operatorId}`;

/** What cannot be read counts as none: anybody can write into a browser's storage. */
export function savedViews(storage: Pick<Storage, 'getItem'>, operatorId: string): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(operatorId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

export const storeViews = (storage: Pick<Storage, 'setItem'>, operatorId: string, views: readonly SavedView[]): void =>
  storage.setItem(keyOf(operatorId), JSON.stringify(views));

/** The newest first; one of the same name is replaced. */
export const withView = (views: readonly SavedView[], view: SavedView): readonly SavedView[] =>
  [view, ...views.filter(({ name }) => name !== view.name)].slice(0, MOST_KEPT);

const isView = (value: unknown): value is SavedView => {
  const { name, query } = (value ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && typeof query === 'string';
};
