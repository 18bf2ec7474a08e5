import { foldText } from './fold-text.ts';

export type NamedVariant = {
  readonly id: string;
  readonly title: string;
  readonly sku: string | undefined;
  readonly options: readonly { readonly value: string }[];
};

/**
 * The one variant that is meant: by the shop's id or the number at its end, by title or SKU, else by one
 * option, where the others are as in the variant that comes back. Undefined when none is, or several are.
 */
export function matchVariant<Variant extends NamedVariant>(
  variants: readonly Variant[],
  wanted: string,
  current: string | undefined,
): Variant | undefined {
  const name = plain(wanted);
  const exact = variants.filter(({ id, title, sku }) =>
    [id, refOf(id), title, sku ?? ''].some((one) => plain(one) === name),
  );
  if (exact.length > 0 || name === '') return onlyOne(exact);
  const withOption = variants.filter(({ options }) => options.some(({ value }) => plain(value) === name));
  if (withOption.length < 2 || current === undefined) return onlyOne(withOption);
  const kept = current.split(' / ').map(plain);
  const alike = withOption.filter(({ options }) =>
    options.every(({ value }) => plain(value) === name || kept.includes(plain(value))),
  );
  return onlyOne(alike);
}

/** Short enough for a model to repeat without a slip. */
export function refOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function plain(text: string): string {
  return foldText(text).toLowerCase().replace(/\s+/g, ' ').trim();
}

function onlyOne<One>(all: readonly One[]): One | undefined {
  return all.length === 1 ? all[0] : undefined;
}
