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
  ines: {
    name: 'Ines Costa',
    email: 'ines@example.com',
    phone: '+15551230011',
    zip: '94110',
    country: 'US',
  },
  omar: {
    name: 'Omar Aziz',
    email: 'omar@example.com',
    phone: '+15551230012',
    zip: '48201',
    country: 'US',
  },
  freya: {
    name: 'Freya Lind',
    email: 'freya@example.com',
    phone: '+15551230013',
    zip: '55401',
    country: 'US',
  },
  diego: {
    name: 'Diego Ruiz',
    email: 'diego@example.com',
    phone: '+15551230014',
    zip: '78704',
    country: 'US',
  },
  yuki: {
    name: 'Yuki Tanaka',
    email: 'yuki@example.com',
    phone: '+15551230015',
    zip: '530-0001',
    country: 'JP',
  },
  dalal: {
    name: 'Dalal Hamad',
    email: 'dalal@example.com',
    phone: '+15551230016',
    zip: '22001',
    country: 'KW',
  },
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
