import type { Random } from './random.ts';

export type Customer = {
  readonly phone: string;
  readonly orders: readonly string[];
  /** What they say, in order; each line after the answer to the one before, if it comes in time. */
  readonly lines: readonly string[];
};

type Wish = { readonly order: string; readonly says: string };
type Person = { readonly phone: string; readonly wishes: readonly Wish[]; readonly proof?: string };

const wish = (order: string, what: string): Wish => ({ order, says: `return the ${what} from ${order}` });

const people: readonly Person[] = [
  {
    phone: '+15551230001',
    wishes: [
      wish('1001', 'blue shirt'),
      wish('1001', 'socks'),
      { order: '1001', says: 'Return everything from order 1001' },
      wish('1002', 'desk'),
      wish('1004', 'cushion'),
      wish('1005', 'plant stand'),
      wish('1007', 'tote'),
      wish('1011', 'throw'),
      { order: '1015', says: 'return 2 mugs from order 1015' },
      { order: '1008', says: 'cancel my order #1008' },
      { order: '1001', says: 'return the blue shirt from 1001 for store credit' },
      { order: '1007', says: 'I want store credit for the tote from 1007' },
    ],
  },
  { phone: '+15551230002', wishes: [wish('1010', 'kettle'), wish('10010', 'coasters')] },
  { phone: '+15551230003', wishes: [wish('1006', 'scarf'), wish('1006', 'gloves')] },
  {
    phone: '+15551230004',
    wishes: [wish('1012', 'tray'), { order: '1012', says: 'one tea towel from 1012' }],
  },
  { phone: '+15551230006', wishes: [wish('1017', 'blanket')] },
  { phone: '+15551230007', wishes: [wish('1018', 'pan')] },
  { phone: '+15559990001', wishes: [wish('1010', 'kettle')], proof: 'marcus@example.com 60614' },
  { phone: '+15559990002', wishes: [wish('1001', 'blue shirt')], proof: 'jane@example.com 97205' },
  { phone: '+15559990003', wishes: [wish('1013', 'clock')], proof: 'sam.field@example.com V6B 1A1' },
  { phone: '+15559990004', wishes: [wish('1002', 'desk')], proof: 'jane@example.com 97206' },
];

const yes = ['yes', 'Yes please', 'ok do it', 'YES'];
const others = ['no', 'maybe', 'how long does it take?', 'yes\n+\nwait no', 'actually no', 'yes?'];
const asides = [
  'where is my refund?',
  'any news on my refund?',
  'I want to speak to a human',
  'STOP',
  'STOP',
  'START',
  'thanks!',
  'I changed my mind, I want to keep it',
  'hello',
  'what is your return policy?',
];

/** One to three people of the demo store, some of them from a number the shop does not know. */
export function inventCustomers(random: Random): readonly Customer[] {
  const count = random.pick([1, 1, 1, 2, 2, 3]);
  const left = [...people];
  return Array.from({ length: count }, () => {
    const person = random.chance(0.35) ? left[0] : random.pick(left);
    if (!person) throw new Error('Nobody is left.');
    left.splice(left.indexOf(person), 1);
    return inventCustomer(random, person);
  });
}

function inventCustomer(random: Random, person: Person): Customer {
  const wishes = Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(person.wishes));
  const lines = wishes.flatMap((each) => [
    each.says,
    ...(person.proof ? [person.proof] : []),
    ...(random.chance(0.75)
      ? [random.pick(yes)]
      : [random.pick(others), ...(random.chance(0.6) ? ['yes'] : [])]),
    ...(random.chance(0.3) ? [random.pick(asides)] : []),
  ]);
  return { phone: person.phone, orders: wishes.map(({ order }) => order), lines };
}
