import { connection, type PageArguments } from './connection.ts';
import { toDecimal } from './shop-money.ts';
import type { ShopOrder, ShopProduct, ShopState, ShopVariant } from './shop-state.ts';

type Stocked = { readonly product: ShopProduct; readonly variant: ShopVariant };

export function findVariant(state: ShopState, id: string | null | undefined): Stocked | undefined {
  for (const product of state.products ?? []) {
    const variant = product.variants.find((candidate) => candidate.id === id);
    if (variant) return { product, variant };
  }
  return undefined;
}

export function changeStock(state: ShopState, variantId: string, change: (stock: number) => number): void {
  state.products = (state.products ?? []).map((product) => ({
    ...product,
    variants: product.variants.map((each) =>
      each.id === variantId ? { ...each, stock: change(each.stock) } : each,
    ),
  }));
}

/** What is in stock and not promised to an open return. */
export function availableStock(state: ShopState, { id, stock }: ShopVariant): number {
  const promised = state.orders
    .flatMap((order) => order.returns ?? [])
    .filter((each) => each.status === 'OPEN')
    .flatMap((each) => each.exchanges)
    .filter((each) => each.variantId === id);
  return promised.reduce((left, each) => left - (each.quantity - each.processed), stock);
}

/** What one piece costs in the currency of the order. */
export function variantPrice(order: ShopOrder, { price }: ShopVariant): number {
  return Math.round((price * order.shopRate.order) / order.shopRate.shop);
}

export function productView(state: ShopState, product: ShopProduct) {
  return {
    __typename: 'Product',
    id: product.id,
    title: product.title,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: 'ACTIVE',
    hasOnlyDefaultVariant: product.variants.length === 1,
    collections: (page: PageArguments) => connection([], page, (each) => each),
    variants: (page: PageArguments) =>
      connection(product.variants, page, (variant) => variantView(state, { product, variant })),
  };
}

export function variantView(state: ShopState, { product, variant }: Stocked) {
  const available = Math.max(0, availableStock(state, variant));
  return {
    __typename: 'ProductVariant',
    id: variant.id,
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    price: toDecimal(variant.price, state.currency),
    compareAtPrice: null,
    availableForSale: available > 0,
    inventoryQuantity: available,
    sellableOnlineQuantity: available,
    inventoryPolicy: 'DENY',
    selectedOptions: [{ name: 'Title', value: variant.title }],
    product: () => productView(state, product),
  };
}
