import type { ModelRequest } from '../../src/ports/model.ts';

/** A request with nothing special about it. */
export function modelRequest(overrides: Partial<ModelRequest> = {}): ModelRequest {
  return {
    instructions: 'You handle returns.',
    tools: [
      {
        name: 'find_order',
        description: 'Finds an order.',
        parameters: {
          type: 'object',
          properties: { order_number: { type: ['string', 'null'] } },
          required: ['order_number'],
          additionalProperties: false,
        },
      },
    ],
    facts: {
      store_name: 'Demo Store',
      channel: 'sms',
      party: 'customer',
      phone_known: true,
      proven_orders: [],
      open_quotes: [],
      refunds: [],
      returns: [],
      policy: ['Returns are accepted within 30 days.'],
    },
    items: [{ kind: 'customer-text', text: 'I want to return my shirt' }],
    safetyIdentifier: 'a'.repeat(64),
    maxOutputTokens: 800,
    signal: new AbortController().signal,
    ...overrides,
  };
}
