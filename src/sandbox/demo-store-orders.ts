/** One order of the demo store, as a story. Amounts in minor units of `currency`. */
export type DemoOrder = {
  readonly number: string;
  readonly customer: DemoCustomerKey;
  readonly placedDaysAgo: number;
  readonly shippedDaysAgo?: number;
  readonly deliveredDaysAgo?: number;
  readonly cancelledDaysAgo?: number;
  readonly currency?: string;
  readonly rate?: { readonly shop: number; readonly order: number };
  readonly taxesIncluded?: boolean;
  readonly lines: readonly DemoLine[];
  /** Off the whole order, spread over its lines. */
  readonly discount?: number;
  readonly shipping?: number;
  /** What a gift card paid; the card paid the rest. */
  readonly giftCardPaid?: number;
  readonly refundedByHand?: readonly { readonly line: string; readonly daysAgo: number }[];
  readonly summary: string;
  readonly expect: string;
};

export type DemoLine = {
  readonly title: string;
  readonly variant?: string;
  readonly type: string;
  readonly price: number;
  readonly quantity?: number;
  readonly tax?: number;
  readonly tags?: readonly string[];
};

/** `phone` is on the customer and the order, `shippingPhone` on the parcel only. */
export const demoCustomers = {
  jane: { name: 'Jane Doe', email: 'jane@example.com', phone: '+15551230001', zip: '97205', country: 'US' },
  marcus: {
    name: 'Marcus Reed',
    email: 'marcus@example.com',
    phone: '+15551230002',
    zip: '60614',
    country: 'US',
  },
  lena: { name: 'Lena Vogel', email: 'lena@example.com', phone: '+15551230003', zip: '10115', country: 'DE' },
  kenji: {
    name: 'Kenji Mori',
    email: 'kenji@example.com',
    phone: '+15551230004',
    zip: '150-0001',
    country: 'JP',
  },
  noura: {
    name: 'Noura Salem',
    email: 'noura@example.com',
    phone: '+15551230005',
    zip: '13001',
    country: 'KW',
  },
  priya: {
    name: 'Priya Nair',
    email: 'priya@example.com',
    phone: '+15551230006',
    zip: '02139',
    country: 'US',
  },
  tom: {
    name: 'Tom Baker',
    email: 'tom@example.com',
    shippingPhone: '+15551230007',
    zip: '30307',
    country: 'US',
  },
  guest: { guest: true, name: 'Sam Field', email: 'sam.field@example.com', zip: 'V6B 1A1', country: 'CA' },
} as const satisfies Readonly<Record<string, DemoCustomer>>;

export type DemoCustomerKey = keyof typeof demoCustomers;
export type DemoCustomer = {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly shippingPhone?: string;
  readonly zip: string;
  readonly country: string;
  readonly guest?: boolean;
};

export const demoOrderBook: readonly DemoOrder[] = [
  {
    number: '1001',
    customer: 'jane',
    placedDaysAgo: 9,
    shippedDaysAgo: 8,
    deliveredDaysAgo: 5,
    lines: [
      { title: 'Blue Oxford Shirt', variant: 'M', type: 'Clothing', price: 4800 },
      { title: 'Cotton Socks', variant: 'One size', type: 'Clothing', price: 1200 },
    ],
    summary: 'Blue Oxford Shirt $48.00 and Cotton Socks $12.00, delivered 5 days ago',
    expect: 'refunded at once',
  },
  {
    number: '1002',
    customer: 'jane',
    placedDaysAgo: 16,
    shippedDaysAgo: 14,
    deliveredDaysAgo: 8,
    lines: [{ title: 'Walnut Desk', type: 'Furniture', price: 42000 }],
    summary: 'Walnut Desk $420.00, delivered 8 days ago',
    expect: 'waits for approval: above the threshold',
  },
  {
    number: '1003',
    customer: 'jane',
    placedDaysAgo: 66,
    shippedDaysAgo: 64,
    deliveredDaysAgo: 60,
    lines: [{ title: 'Stoneware Vase', type: 'Home', price: 5400 }],
    summary: 'Stoneware Vase $54.00, delivered 60 days ago',
    expect: 'denied: the return window is closed',
  },
  {
    number: '1004',
    customer: 'jane',
    placedDaysAgo: 11,
    shippedDaysAgo: 10,
    deliveredDaysAgo: 7,
    lines: [
      { title: 'Rattan Chair', type: 'Furniture', price: 8900, tags: ['final-sale'] },
      { title: 'Chair Cushion', variant: 'Moss', type: 'Home', price: 2900 },
    ],
    summary: 'Rattan Chair $89.00 on final sale, Chair Cushion $29.00, delivered 7 days ago',
    expect: 'chair denied: final sale; cushion refunded at once',
  },
  {
    number: '1005',
    customer: 'jane',
    placedDaysAgo: 15,
    shippedDaysAgo: 14,
    deliveredDaysAgo: 10,
    lines: [
      { title: 'Ceramic Planter', variant: 'White', type: 'Home', price: 3600, quantity: 2 },
      { title: 'Plant Stand', type: 'Furniture', price: 4400 },
    ],
    refundedByHand: [{ line: 'Ceramic Planter', daysAgo: 3 }],
    summary: '2 Ceramic Planters $36.00 each, one already refunded, and a Plant Stand $44.00',
    expect: 'only one planter is left to return',
  },
  {
    number: '1006',
    customer: 'lena',
    placedDaysAgo: 14,
    shippedDaysAgo: 13,
    deliveredDaysAgo: 6,
    currency: 'EUR',
    rate: { shop: 108, order: 100 },
    taxesIncluded: true,
    lines: [
      { title: 'Wool Scarf', variant: 'Grey', type: 'Clothing', price: 6490, tax: 1036 },
      { title: 'Leather Gloves', variant: '8', type: 'Clothing', price: 5950, tax: 950 },
    ],
    summary: 'paid in euros, tax included: Wool Scarf €64.90, Leather Gloves €59.50',
    expect: 'refunded in euros; both together wait for approval',
  },
  {
    number: '1007',
    customer: 'jane',
    placedDaysAgo: 4,
    shippedDaysAgo: 2,
    lines: [{ title: 'Canvas Tote', type: 'Bags', price: 3200 }],
    summary: 'Canvas Tote $32.00, shipped 2 days ago, not delivered yet',
    expect: 'judged from the day it shipped',
  },
  {
    number: '1008',
    customer: 'jane',
    placedDaysAgo: 1,
    lines: [{ title: 'Oak Stool', type: 'Furniture', price: 7800 }],
    summary: 'Oak Stool $78.00, ordered yesterday, not shipped',
    expect: 'a cancellation, not a return: a person takes over',
  },
  {
    number: '1009',
    customer: 'jane',
    placedDaysAgo: 20,
    cancelledDaysAgo: 19,
    lines: [{ title: 'Bamboo Shelf', type: 'Furniture', price: 6600 }],
    refundedByHand: [{ line: 'Bamboo Shelf', daysAgo: 19 }],
    summary: 'Bamboo Shelf $66.00, cancelled and refunded',
    expect: 'nothing left to return',
  },
  {
    number: '1010',
    customer: 'marcus',
    placedDaysAgo: 12,
    shippedDaysAgo: 11,
    deliveredDaysAgo: 9,
    lines: [{ title: 'Enamel Kettle', variant: 'Red', type: 'Kitchen', price: 5200 }],
    summary: "another customer's: Enamel Kettle $52.00",
    expect: 'not found for anybody else without proof',
  },
  {
    number: '1011',
    customer: 'jane',
    placedDaysAgo: 13,
    shippedDaysAgo: 12,
    deliveredDaysAgo: 6,
    lines: [
      { title: 'Linen Throw', variant: 'Sand', type: 'Home', price: 7999, tax: 594 },
      { title: 'Soy Candle', variant: 'Cedar', type: 'Home', price: 2495, quantity: 2, tax: 371 },
    ],
    discount: 1299,
    shipping: 695,
    giftCardPaid: 3333,
    summary: 'Linen Throw $79.99, 2 Soy Candles $24.95, $12.99 off, tax; part gift card, part card',
    expect: 'discount and tax shared to the cent, refunded to both payments',
  },
  {
    number: '1012',
    customer: 'kenji',
    placedDaysAgo: 15,
    shippedDaysAgo: 14,
    deliveredDaysAgo: 7,
    currency: 'JPY',
    rate: { shop: 65, order: 100 },
    lines: [
      { title: 'Cedar Tray', type: 'Kitchen', price: 6800 },
      { title: 'Tea Towel', variant: 'Indigo', type: 'Kitchen', price: 1201, quantity: 2 },
    ],
    summary: 'paid in yen: Cedar Tray ¥6,800, 2 Tea Towels ¥1,201',
    expect: 'refunded in whole yen',
  },
  {
    number: '1013',
    customer: 'guest',
    placedDaysAgo: 10,
    shippedDaysAgo: 9,
    deliveredDaysAgo: 4,
    lines: [{ title: 'Walnut Clock', type: 'Home', price: 6400 }],
    summary: 'a guest without phone: Walnut Clock $64.00',
    expect: 'asks for e-mail and postal code: sam.field@example.com, V6B 1A1',
  },
  {
    number: '1014',
    customer: 'marcus',
    placedDaysAgo: 6,
    shippedDaysAgo: 6,
    lines: [{ title: 'Birch & Loom Gift Card', variant: '$50.00', type: 'Gift Cards', price: 5000 }],
    summary: 'a $50.00 gift card',
    expect: 'denied: gift cards cannot be returned',
  },
  {
    number: '1015',
    customer: 'jane',
    placedDaysAgo: 7,
    shippedDaysAgo: 6,
    deliveredDaysAgo: 3,
    lines: [{ title: 'Speckled Mug', variant: 'Oat', type: 'Kitchen', price: 1800, quantity: 3 }],
    summary: '3 Speckled Mugs $18.00 each, delivered 3 days ago',
    expect: 'any one, two or three refunded at once',
  },
  {
    number: '1016',
    customer: 'noura',
    placedDaysAgo: 15,
    shippedDaysAgo: 13,
    deliveredDaysAgo: 5,
    currency: 'KWD',
    rate: { shop: 325, order: 1000 },
    lines: [{ title: 'Brass Lantern', type: 'Home', price: 18750 }],
    summary: 'paid in Kuwaiti dinars, three decimals: Brass Lantern KWD 18.750',
    expect: 'refunded to the fils',
  },
  {
    number: '1017',
    customer: 'priya',
    placedDaysAgo: 8,
    shippedDaysAgo: 7,
    deliveredDaysAgo: 4,
    lines: [{ title: 'Merino Blanket', variant: 'Ivory', type: 'Home', price: 10000 }],
    summary: 'Merino Blanket $100.00, exactly the default threshold',
    expect: 'refunded at once: only more than the threshold waits',
  },
  {
    number: '1018',
    customer: 'tom',
    placedDaysAgo: 9,
    shippedDaysAgo: 8,
    deliveredDaysAgo: 5,
    lines: [{ title: 'Copper Pan', type: 'Kitchen', price: 8600 }],
    summary: 'Copper Pan $86.00; the phone number is on the parcel only',
    expect: 'found by its number, refunded at once',
  },
  {
    number: '10010',
    customer: 'marcus',
    placedDaysAgo: 5,
    shippedDaysAgo: 4,
    deliveredDaysAgo: 2,
    lines: [{ title: 'Cork Coasters', type: 'Kitchen', price: 1400, quantity: 1 }],
    summary: 'Cork Coasters $14.00; a search for 1001 finds it too',
    expect: 'never mistaken for #1001',
  },
];
