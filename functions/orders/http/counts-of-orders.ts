import { type Counts, LISTS, type ListName, listOfName, nameOfList } from '../domain/lists.ts';

const { all: _, needs: __, ...BY } = LISTS;

/** How many orders are on each list: in all, parked, with parcels to pack, and by each property, with 0 for a value that no order has. */
export function countsShown(counts: Counts) {
  const count = (about: ListName, value: string) => counts.get(nameOfList(listOfName(`${about}=${value}`))) ?? 0;
  return {
    orders: count('all', 'orders'),
    parked: count('needs', 'person'),
    toPack: count('needs', 'packing'),
    ...Object.fromEntries(
      Object.entries(BY).map(([about, values]) => [
        about,
        Object.fromEntries(values.map((value) => [value, count(about as ListName, value)])),
      ]),
    ),
  };
}
