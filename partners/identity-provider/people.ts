/** Who signs in here: operators of a demo shop. A real issuer knows people and asks for proof; here one chooses who one is. */
import * as z from 'zod';

export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** What they may ask for, of the API's scopes. */
  readonly scopes: readonly string[];
  /** For how many seconds their access tokens hold; a negative number makes expired ones. @default an hour */
  readonly tokenSeconds?: number | undefined;
}

/** Of the demo shop, with what each is there for, in the languages of the page. */
export interface KnownPerson extends Person {
  readonly does: Readonly<Record<Language, string>>;
}

export type Language = 'en' | 'zh';

const READ = 'configuration:read ledger:read notifications:read orders:read partners:read stock:read'.split(' ');

export const PEOPLE: readonly KnownPerson[] = [
  {
    sub: 'ada',
    name: 'Ada Park',
    email: 'ada@shop.example',
    scopes: [
      ...READ,
      ...'configuration:write ledger:audit ledger:correct orders:approve orders:fulfil orders:recover'.split(' '),
      ...'orders:refund orders:write-off partners:register privacy:erase privacy:read stock:write'.split(' '),
    ],
    does: { en: 'Runs the shop: may do everything', zh: '店铺负责人：可以执行所有操作' },
  },
  {
    sub: 'chen',
    name: 'Chen Jing',
    email: 'chen@shop.example',
    scopes: [...READ, 'orders:recover', 'orders:write-off', 'ledger:audit', 'ledger:correct'],
    does: { en: 'Tasks and books: the second pair of eyes', zh: '任务与账目：负责第二人复核' },
  },
  {
    sub: 'ben',
    name: 'Ben Osei',
    email: 'ben@shop.example',
    scopes: ['orders:read', 'orders:approve', 'orders:fulfil', 'orders:refund', 'stock:read', 'stock:write'],
    does: { en: 'Orders, refunds and stock', zh: '订单、退款与库存' },
  },
  {
    sub: 'dina',
    name: 'Dina Rossi',
    email: 'dina@shop.example',
    scopes: READ,
    does: { en: 'May look, and change nothing', zh: '只能查看，不能修改' },
  },
  {
    sub: 'emil',
    name: 'Emil Novak',
    email: 'emil@shop.example',
    scopes: [],
    does: { en: 'Has no scope: everything is refused', zh: '没有任何权限：所有请求都会被拒绝' },
  },
];

/** The fields of the form for anybody else. */
const somebodyElse = z.object({
  sub: z.string().trim().min(1).max(128),
  scopes: z
    .string()
    .max(1_000)
    .default('')
    .transform((text) => text.split(/\s+/).filter(Boolean)),
  seconds: z.coerce.number().int().min(-86_400).max(86_400).default(3_600),
});

/** Whom a form has chosen: somebody of the shop by `person`, or anybody else by the fields of `somebodyElse`. */
export function chosenPerson(form: Readonly<Record<string, unknown>>): Person | undefined {
  const { person } = form;
  if (typeof person === 'string') return PEOPLE.find(({ sub }) => sub === person);
  const { success, data } = somebodyElse.safeParse(form);
  return success ? { sub: data.sub, name: data.sub, scopes: data.scopes, tokenSeconds: data.seconds } : undefined;
}
