import type { DemoLine, DemoOrder } from './demo-store-story.ts';
import { nextId } from './shop/shop-ids.ts';
import type { ShopProduct, ShopState, ShopVariant } from './shop/shop-state.ts';

const onTheShelf = 12;

/** A product for every title that was sold, and its lines pointed at it. */
export function stockShelves(state: ShopState, stories: readonly DemoOrder[]): void {
  const products = new Map<string, ShopProduct>();
  for (const story of stories) {
    for (const line of story.lines) {
      if (!products.has(line.title)) products.set(line.title, buildProduct(state, story, line));
    }
  }
  state.products = [...products.values()];
  state.orders = state.orders.map((order) => ({
    ...order,
    lines: order.lines.map((line) => {
      const product = products.get(line.title);
      const variant = product?.variants.find(({ title }) => title === (line.variantTitle ?? onlyVariant));
      return { ...line, productId: product?.id, variantId: variant?.id };
    }),
  }));
}

// What Shopify calls the variant of a product that has no options.
const onlyVariant = 'Default Title';

function buildProduct(state: ShopState, story: DemoOrder, line: DemoLine): ShopProduct {
  const { shop, order } = story.rate ?? { shop: 1, order: 1 };
  const sku = line.title.toUpperCase().replace(/[^A-Z]+/g, '-');
  const build = (variant: string, stock: number, price = line.price): ShopVariant => ({
    id: nextId(state, 'ProductVariant'),
    title: variant,
    sku: `${sku}-${variant.toUpperCase().replace(/[^A-Z0-9]+/g, '-')}`,
    price: Math.round((price * shop) / order),
    stock,
  });
  return {
    id: nextId(state, 'Product'),
    title: line.title,
    vendor: 'Birch & Loom',
    productType: line.type,
    tags: line.tags ?? [],
    variants: [
      build(line.variant ?? onlyVariant, onTheShelf),
      ...(line.others ?? []).map(({ variant, stock, price }) => build(variant, stock, price)),
    ],
  };
}
