/** An amount in whole minor units (cents, yen, fils) of `currency` (ISO 4217). Never a fraction. */
export type Money = { readonly minor: number; readonly currency: string };
