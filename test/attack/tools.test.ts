import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callTool } from '../../src/agent/toolbox.ts';
import { refunds } from '../../src/storage/schema/refunds.ts';
import { type Arena, openArena } from './arena.ts';
import { call, people, resolve } from './programs.ts';

/** How often these were called before decides, too. */
const counted = new Set(['prove', 'code', 'send_code']);
const runs = 50 * Number(process.env.ATTACK_RUNS ?? 6);

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

test('no program of tools shows somebody else’s order, tells it from none, or moves money', async () => {
  const all = Array.from({ length: people }, () => arena.join());
  const contexts = await Promise.all(all.map((actor) => arena.toolsFor(actor)));
  const run = async (index: number, name: string, input: unknown) => {
    const argumentsJson = typeof input === 'string' ? input : JSON.stringify(input);
    const context = contexts[index];
    if (!context) throw new Error('Nobody there.');
    const { result } = await callTool(context, { kind: 'tool-call', callId: 'call', name, argumentsJson });
    return result.outputJson;
  };
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: people - 1 }),
      fc.array(call, { minLength: 1, maxLength: 4 }),
      async (index, calls) => {
        for (const each of calls) {
          const self = all[index];
          if (!self || (each.kind === 'prove' && each.proof === 'right')) continue;
          const { name, input } = await resolve(arena, all, self, each);
          const output = await run(index, name, input);
          seen.add(String((JSON.parse(output) as { status: string }).status));
          const others = all.filter((other) => other !== self).flatMap(({ orders }) => orders);
          expect(
            others.filter(({ secret, proof }) => output.includes(secret) || output.includes(proof.email)),
          ).toEqual([]);
          const asked = others.find(
            ({ number }) => 'order' in each && JSON.stringify(input).includes(`"${number}"`),
          );
          if (asked && typeof input === 'object' && !counted.has(each.kind)) {
            const none = await run(index, name, { ...input, order_number: '99999' });
            expect(output.replaceAll(asked.number, '99999')).toBe(none);
          }
        }
        expect(arena.shelf.refunds).toEqual([]);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  expect(await arena.db.select().from(refunds)).toEqual([]);
  for (const status of ['found', 'not_found', 'quoted', 'denied', 'not_confirmed', 'bad_call'])
    expect(seen).toContain(status);
});
