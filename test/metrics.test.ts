import { describe, expect, it } from 'vitest';
import { createMetrics } from '../src/metrics.ts';

describe('metrics', () => {
  it('are rendered under the names and labels dashboards rely on', async () => {
    const metrics = createMetrics({
      countJobs: async () => [{ queue: 'take-turn', state: 'created', count: 3 }],
      readPause: async () => ({ held: 4 }),
    });
    metrics.inboundMessage('sms', 'accepted');
    metrics.turn('guided', 'replied', 0.2);
    metrics.toolCall('find_order', 'found');
    metrics.modelTokens('gpt-6-luna', 'input', 120);
    metrics.modelCost(0.25);
    metrics.refund('executed');
    metrics.approval('approved');
    metrics.outgoingMessage('sms', 'accepted');
    metrics.providerRequest('shopify', 'order', 'ok', 0.3);
    metrics.deadLetter('execute-refund');
    const { contentType, body } = await metrics.render();
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = body.split('\n');
    for (const line of [
      'returns_agent_inbound_messages_total{channel="sms",outcome="accepted"} 1',
      'returns_agent_turns_total{model="guided",outcome="replied"} 1',
      'returns_agent_turn_seconds_count 1',
      'returns_agent_tool_calls_total{tool="find_order",status="found"} 1',
      'returns_agent_model_tokens_total{model="gpt-6-luna",kind="input"} 120',
      'returns_agent_model_cost_usd_total 0.25',
      'returns_agent_refunds_total{state="executed"} 1',
      'returns_agent_approvals_total{state="approved"} 1',
      'returns_agent_outgoing_messages_total{channel="sms",outcome="accepted"} 1',
      'returns_agent_provider_requests_total{service="shopify",operation="order",outcome="ok"} 1',
      'returns_agent_provider_seconds_count{service="shopify"} 1',
      'returns_agent_dead_letters_total{queue="execute-refund"} 1',
      'returns_agent_jobs{queue="take-turn",state="created"} 3',
      'returns_agent_refunds_paused 1',
      'returns_agent_refunds_held 4',
    ]) {
      expect(lines).toContain(line);
    }
    expect(body).toContain('process_cpu_seconds_total');
  });

  it('of two apps in one process do not mix', async () => {
    const one = createMetrics();
    const two = createMetrics();
    one.refund('executed');
    expect((await two.render()).body).not.toContain('state="executed"');
  });

  it('are served without the job counts when the database is away', async () => {
    const answers = [
      async () => [{ queue: 'take-turn', state: 'created', count: 3 }],
      () => Promise.reject(new Error('down')),
    ];
    const metrics = createMetrics({ countJobs: async () => (await answers.shift()?.()) ?? [] });
    expect((await metrics.render()).body).toContain('returns_agent_jobs{');
    const { body } = await metrics.render();
    expect(body).not.toContain('returns_agent_jobs{');
    expect(body).toContain('returns_agent_turn_seconds_count 0');
  });

  it('say that refunds are not paused, and nothing when that cannot be read', async () => {
    const answers = [async () => undefined, () => Promise.reject(new Error('down'))];
    const metrics = createMetrics({ readPause: async () => answers.shift()?.() });
    const { body } = await metrics.render();
    expect(body).toMatch(/^returns_agent_refunds_paused 0$/m);
    expect(body).toMatch(/^returns_agent_refunds_held 0$/m);
    expect((await metrics.render()).body).not.toMatch(/^returns_agent_refunds_(?:paused|held) /m);
  });

  it('never turn what a model or a stranger wrote into a label', async () => {
    const metrics = createMetrics();
    metrics.toolCall('refund jane@example.com now', 'bad_call');
    metrics.toolCall('+15551230001', 'bad_call');
    metrics.toolCall('x'.repeat(61), 'bad_call');
    const { body } = await metrics.render();
    expect(body).toContain('returns_agent_tool_calls_total{tool="other",status="bad_call"} 3');
    expect(body).not.toMatch(/jane|5551230001|xxx/);
  });

  it('stop making new series when somebody invents names without end', async () => {
    const metrics = createMetrics();
    for (let n = 0; n < 1000; n += 1) metrics.toolCall(`tool_${n}`, 'bad_call');
    const series = (await metrics.render()).body.match(/^returns_agent_tool_calls_total\{/gm);
    expect(series?.length).toBeLessThanOrEqual(201);
  });
});
