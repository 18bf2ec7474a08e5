import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type JobCount = { readonly queue: string; readonly state: string; readonly count: number };

type Comparison = { readonly days: number; readonly differences: number; readonly at: Date };

export type MetricsOptions = {
  /** Asked at every scrape; when it fails or is slow the other metrics are served without it. */
  readonly countJobs?: () => Promise<readonly JobCount[]>;
  /** The pause of refunds, if there is one; asked in the same way. */
  readonly readPause?: () => Promise<{ readonly held: number } | undefined>;
  /** How the comparisons of our ledger with the shop's ended last; asked in the same way. */
  readonly readComparisons?: () => Promise<readonly Comparison[]>;
};

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics({ countJobs, readPause, readComparisons }: MetricsOptions = {}) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const count = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `returns_agent_${name}`, help, labelNames, registers: [registry] });
  const time = (name: string, help: string, buckets: number[], ...labelNames: string[]): Histogram =>
    new Histogram({ name: `returns_agent_${name}`, help, buckets, labelNames, registers: [registry] });

  const inbound = count('inbound_messages_total', 'Messages received.', 'channel', 'outcome');
  const turns = count('turns_total', 'Turns taken.', 'model', 'outcome');
  const turnSeconds = time(
    'turn_seconds',
    'How long a turn took.',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  );
  const toolCalls = count('tool_calls_total', 'Tools the model called.', 'tool', 'status');
  const tokens = count('model_tokens_total', 'Tokens used, by kind.', 'model', 'kind');
  const cost = count('model_cost_usd_total', 'What the model has cost, in US dollars.');
  const refunds = count('refunds_total', 'Refunds that entered a state.', 'state');
  const approvals = count('approvals_total', 'Approvals that entered a state.', 'state');
  const outgoing = count('outgoing_messages_total', 'Messages to customers.', 'channel', 'outcome');
  const requests = count(
    'provider_requests_total',
    'Requests to providers.',
    'service',
    'operation',
    'outcome',
  );
  const providerSeconds = time(
    'provider_seconds',
    'How long providers took to answer.',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    'service',
  );
  const circuits = new Gauge({
    name: 'returns_agent_circuit_open',
    help: '1 while nothing is asked of a provider: it is away, or lets us in no more.',
    labelNames: ['service', 'why'],
    registers: [registry],
  });
  const attachments = count(
    'media_total',
    'Pictures and voice notes, kept as what or refused why.',
    'outcome',
  );
  const deadLetters = count('dead_letters_total', 'Jobs given up.', 'queue');
  const limits = count('limit_reached_total', 'Uses that were more than a limit allows.', 'limit');
  const differences = count(
    'ledger_differences_total',
    'Where our ledger and the shop differed, each counted once; made and payment were recorded as facts.',
    'kind',
  );

  const jobs = new Gauge({
    name: 'returns_agent_jobs',
    help: 'Jobs in the database, by queue and state.',
    labelNames: ['queue', 'state'],
    registers: [],
  });
  if (countJobs) registry.registerMetric(jobs);
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `returns_agent_${name}`, help, registers: readPause ? [registry] : [] });
  const paused = gauge('refunds_paused', '1 while an approver has paused all refunds.');
  const held = gauge('refunds_held', 'Refunds that wait for the end of the pause.');
  const compared = (name: string, help: string): Gauge =>
    new Gauge({
      name: `returns_agent_${name}`,
      help,
      labelNames: ['days'],
      registers: readComparisons ? [registry] : [],
    });
  const open = compared(
    'ledger_differences',
    'Differences with the shop that the last comparison left for people.',
  );
  const comparedAt = compared('ledger_compared_timestamp_seconds', 'When the last comparison ended.');
  const label = createLabelLimit(200);

  return {
    inboundMessage(channel: string, outcome: string): void {
      inbound.inc({ channel: label(channel), outcome: label(outcome) });
    },
    turn(model: string, outcome: string, seconds: number): void {
      turns.inc({ model: label(model), outcome: label(outcome) });
      turnSeconds.observe(seconds);
    },
    toolCall(tool: string, status: string): void {
      toolCalls.inc({ tool: label(tool), status: label(status) });
    },
    modelTokens(model: string, kind: 'input' | 'cached_input' | 'output', amount: number): void {
      tokens.inc({ model: label(model), kind }, amount);
    },
    modelCost(usd: number): void {
      cost.inc(usd);
    },
    refund(state: string): void {
      refunds.inc({ state: label(state) });
    },
    approval(state: string): void {
      approvals.inc({ state: label(state) });
    },
    outgoingMessage(channel: string, outcome: string): void {
      outgoing.inc({ channel: label(channel), outcome: label(outcome) });
    },
    providerRequest(service: string, operation: string, outcome: string, seconds: number): void {
      requests.inc({ service: label(service), operation: label(operation), outcome: label(outcome) });
      providerSeconds.observe({ service: label(service) }, seconds);
    },
    circuit(service: string, why: 'outage' | 'access', isOpen: boolean): void {
      circuits.set({ service: label(service), why }, isOpen ? 1 : 0);
    },
    limitReached(limit: string): void {
      limits.inc({ limit: label(limit) });
    },
    ledgerDifference(kind: string): void {
      differences.inc({ kind: label(kind) });
    },
    media(outcome: string): void {
      attachments.inc({ outcome: label(outcome) });
    },
    deadLetter(queue: string): void {
      deadLetters.inc({ queue: label(queue) });
    },
    async render(): Promise<{ readonly contentType: string; readonly body: string }> {
      const [counts, pause, comparisons] = await Promise.all([
        countJobs && inTime(countJobs),
        readPause && inTime(readPause),
        readComparisons && inTime(readComparisons),
      ]);
      jobs.reset();
      for (const { queue, state, count } of counts?.value ?? []) jobs.set({ queue, state }, count);
      // What cannot be read is left out: a zero would say that nothing is paused.
      for (const each of [paused, held]) each.remove();
      if (pause) {
        paused.set(pause.value ? 1 : 0);
        held.set(pause.value?.held ?? 0);
      }
      for (const each of [open, comparedAt]) each.reset();
      for (const { days, differences, at } of comparisons?.value ?? []) {
        open.set({ days }, differences);
        comparedAt.set({ days }, at.getTime() / 1000);
      }
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/**
 * A label value makes a time series that lives as long as the process, and some come from outside (a
 * model can call a tool that does not exist): odd values, and new ones past the limit, become `other`.
 */
function createLabelLimit(limit: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= limit || !/^[\w.:/-]{1,60}$/.test(value) || /\d{7}/.test(value)) return 'other';
    known.add(value);
    return value;
  };
}

async function inTime<Value>(read: () => Promise<Value>): Promise<{ readonly value: Value } | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), 2_000);
  const reading = read().then(
    (value) => ({ value }),
    () => undefined,
  );
  const answer = await Promise.race([reading, late]);
  clearTimeout(timer);
  return answer;
}
