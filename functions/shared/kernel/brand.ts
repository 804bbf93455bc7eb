declare const brand: unique symbol;

/** A primitive that only its parser can make: `Brand<string, 'OrderId'>`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
