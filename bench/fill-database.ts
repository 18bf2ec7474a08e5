import type postgres from 'postgres';

export type Size = {
  readonly messages: number;
  readonly conversations: number;
  readonly refunds: number;
};

/**
 * What a store has after a while: everything answered, sent and settled, spread over 90 days up to now. The
 * last conversation has `longest` messages more. Ends with what autovacuum would have done meanwhile.
 */
export async function fillDatabase(
  sql: postgres.Sql,
  store: string,
  { messages, conversations, refunds }: Size,
  longest = 0,
): Promise<void> {
  const ids = (kind: string, number: string) =>
    `(lpad(to_hex(${number}), 8, '0') || '-0000-7000-8000-${kind.padStart(12, '0')}')::uuid`;
  const at = (number: string, of: number) =>
    `now() - interval '90 days' + (${number}::float / ${of}) * interval '89 days 23 hours'`;
  const answered = Math.floor(messages / 2);
  const conversationOf = `(p - 1) % ${conversations} + 1`;
  const quote = `jsonb_build_object('orderName', '#F' || i, 'amount', jsonb_build_object('minor', 4200, 'currency', 'USD'),
    'lines', jsonb_build_array(jsonb_build_object('lineId', 'gid://shopify/LineItem/' || i, 'title', 'Linen Shirt', 'quantity', 1)),
    'payments', '[]'::jsonb, 'padding', repeat('x', 500))`;
  const steps = [
    `insert into customers (id, store, shopify_customer_id)
      select ${ids('c', 'i')}, $1, 'gid://shopify/Customer/9' || i from generate_series(1, ${conversations}) i`,
    `insert into senders (id, store, channel, address, phone, customer_id)
      select ${ids('5', 'i')}, $1, 'sms', '+1666' || lpad(i::text, 7, '0'), '+1666' || lpad(i::text, 7, '0'), ${ids('c', 'i')}
      from generate_series(1, ${conversations}) i`,
    `insert into conversations (id, store, sender_id, channel, owner, turn_number, last_activity_at, created_at)
      select ${ids('a', 'i')}, $1, ${ids('5', 'i')}, 'sms', case when i % 2000 = 0 then 'person' else 'agent' end,
        ${Math.ceil(answered / conversations)}, ${at('i', conversations)}, now() - interval '90 days'
      from generate_series(1, ${conversations}) i`,
    // A text of a customer and its answer, in turn.
    `insert into messages (id, store, conversation_id, author, text, answered_in_turn, created_at)
      select case when n = 0 then ${ids('1', 'p')} else ${ids('2', 'p')} end, $1,
        case when p > ${answered} then ${ids('a', `${conversations}`)} else ${ids('a', conversationOf)} end,
        case when n = 0 then 'customer' else 'agent' end,
        case when n = 0 then 'Where is my parcel? It should have been here on Tuesday.'
          else 'It was handed to the carrier and should be with you within three days.' end,
        case when n = 0 then (p - 1) / ${conversations} + 1 end, ${at('p', answered + longest / 2)}
      from generate_series(1, ${answered + longest / 2}) p, generate_series(0, 1) n order by p, n`,
    `insert into inbox (store, provider, provider_message_id, conversation_id, received_at)
      select $1, 'twilio', 'SM' || lpad(to_hex(p), 32, '0'), ${ids('a', conversationOf)}, ${at('p', answered)}
      from generate_series(1, ${answered}) p`,
    `insert into turns (id, store, conversation_id, number, channel, model, asked, answered, tools, outcome,
        input_tokens, cached_input_tokens, output_tokens, cost_micro_usd, duration_ms, created_at)
      select ${ids('7', 'p')}, $1, ${ids('a', conversationOf)}, (p - 1) / ${conversations} + 1, 'sms', 'guided',
        '["Where is my parcel?"]', 'It was handed to the carrier.', '[]', 'replied', 900, 0, 60, 0, 400, ${at('p', answered)}
      from generate_series(1, ${answered}) p`,
    `insert into outbox (id, store, conversation_id, message_id, channel, address, body, state, attempts, provider_id, settled_at, created_at)
      select ${ids('8', 'p')}, $1, ${ids('a', conversationOf)}, ${ids('2', 'p')}, 'sms', '+1666' || lpad((${conversationOf})::text, 7, '0'),
        'It was handed to the carrier.', 'sent', 1, 'SM9' || lpad(to_hex(p), 31, '0'), ${at('p', answered)}, ${at('p', answered)}
      from generate_series(1, ${answered}) p`,
    `insert into receipts (store, provider_id, status, rank, created_at)
      select $1, 'SM9' || lpad(to_hex(p), 31, '0'), 'delivered', 4, ${at('p', answered)} from generate_series(1, ${answered}) p`,
    `insert into audit_log (id, store, conversation_id, actor, action, detail, created_at)
      select ${ids('9', 'p')}, $1, ${ids('a', conversationOf)}, 'agent', 'tool.find_order', '{"status": "ok"}', ${at('p', answered)}
      from generate_series(1, ${answered}) p`,
    `insert into quotes (id, store, conversation_id, order_id, quote, state, expires_at, created_at)
      select ${ids('b', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, 'gid://shopify/Order/9' || i, ${quote}, 'submitted',
        ${at('i', refunds)}, ${at('i', refunds)} from generate_series(1, ${refunds}) i`,
    `insert into refunds (id, store, conversation_id, quote_id, order_id, order_name, shopify_customer_id, amount_minor, currency,
        digest, requested_by, state, idempotency_key, first_sent_at, shop_refund_id, payment, told_at, settled_at, created_at)
      select ${ids('d', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, ${ids('b', 'i')}, 'gid://shopify/Order/9' || i, '#F' || i,
        'gid://shopify/Customer/9' || i, 4200, 'USD', md5(i::text), '{"kind": "customer"}', 'refunded', ${ids('e', 'i')},
        ${at('i', refunds)}, 'gid://shopify/Refund/9' || i, 'settled', ${at('i', refunds)}, ${at('i', refunds)}, ${at('i', refunds)}
      from generate_series(1, ${refunds}) i`,
    `insert into approvals (id, store, refund_id, digest, state, cumulative_minor, decided_at, expires_at, created_at)
      select ${ids('f', 'i')}, $1, ${ids('d', 'i')}, md5(i::text), 'approved', 4200, ${at('i', refunds)}, ${at('i', refunds)}, ${at('i', refunds)}
      from generate_series(1, ${refunds}) i`,
    `insert into approval_votes (store, approval_id, user_id, name, created_at)
      select $1, ${ids('f', 'i')}, 'UMAYA0001', 'Maya', ${at('i', refunds)} from generate_series(1, ${refunds}) i`,
    `insert into returns (id, store, conversation_id, refund_id, order_id, order_name, state, shop_return_id, ended_at, created_at)
      select ${ids('10', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, ${ids('d', 'i')}, 'gid://shopify/Order/9' || i, '#F' || i,
        'completed', 'gid://shopify/Return/9' || i, ${at('i', refunds)}, ${at('i', refunds)} from generate_series(1, ${refunds}) i where i % 2 = 0`,
    `insert into return_requests (id, store, conversation_id, order_name, request, facts, verdict, rule, policy_version, created_at)
      select ${ids('11', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, '#F' || i, '{}', '{}', 'accept', 'default', 'filled', ${at('i', refunds)}
      from generate_series(1, ${refunds}) i`,
    `insert into staff_notes (id, store, conversation_id, kind, text, sent_at, created_at)
      select ${ids('12', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, 'open-thread', 'The customer asked for a person.' || i,
        ${at('i', refunds)}, ${at('i', refunds)} from generate_series(1, ${refunds}) i`,
    `insert into support_threads (id, store, conversation_id, channel, ts, reason, closed_at, created_at)
      select ${ids('13', 'i')}, $1, ${ids('a', `(i - 1) % ${conversations} + 1`)}, 'CSUPPORT', i || '.000100', 'asked', ${at('i', refunds)}, ${at('i', refunds)}
      from generate_series(1, ${refunds}) i`,
    `insert into proofs (store, sender_id, order_id, order_name, proven_at)
      select $1, ${ids('5', 'i')}, 'gid://shopify/Order/9' || i, '#F' || i, ${at('i', conversations)} from generate_series(1, ${conversations}) i`,
    `insert into proof_attempts (id, store, sender_id, created_at)
      select ${ids('14', 'i')}, $1, ${ids('5', 'i')}, ${at('i', conversations)} from generate_series(1, ${conversations}) i`,
    `insert into consents (id, store, sender_id, channel, kind, word, source, created_at)
      select ${ids('15', 'i')}, $1, ${ids('5', 'i')}, 'sms', 'start', 'START', 'message', ${at('i', conversations)}
      from generate_series(1, ${conversations}) i`,
    `insert into one_time_codes (id, store, sender_id, order_number, phone_mac, state, created_at, expires_at)
      select ${ids('16', 'i')}, $1, ${ids('5', 'i')}, 'f' || i, md5(i::text), 'sent', ${at('i', conversations)}, ${at('i', conversations)}
      from generate_series(1, ${conversations}) i`,
    `insert into media (id, store, conversation_id, message_id, position, state, kind, content_type, bytes, sha256, created_at)
      select ${ids('17', 'p')}, $1, ${ids('a', conversationOf)}, ${ids('1', 'p')}, 0, 'stored', 'picture', 'image/jpeg', 90000, md5(p::text),
        ${at('p', answered)} from generate_series(1, ${Math.min(refunds, answered)}) p`,
    `insert into usage_counters (store, name, subject, used, ends_at)
      select $1, name, ${ids('5', 'i')}::text, 3, now() from generate_series(1, ${conversations}) i,
        unnest(array['sender-messages', 'sender-messages-daily']) name`,
    `insert into dead_letters (id, store, queue, subject, data, reason, tries, state, ended_at, created_at)
      select ${ids('18', 'i')}, $1, 'refresh-card', i::text, '{}', '{"name": "Error"}', 5, 'done', ${at('i', refunds)}, ${at('i', refunds)}
      from generate_series(1, ${refunds}) i`,
  ];
  for (const step of steps) {
    const needsStore = step.includes('$1');
    await sql.unsafe(step, needsStore ? [store] : []);
  }
  await sql.unsafe('vacuum analyze');
}
