import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ConversationContext } from '../conversation/context.ts';
import { receiveMessage } from '../conversation/receive-message.ts';
import type { ConversationId } from '../returns/ids.ts';
import {
  messagesAfter,
  readConversation,
  recentMessages,
  waitingMessages,
} from '../storage/conversations.ts';
import { countUses } from '../storage/usage.ts';
import { hasBearerToken } from './bearer.ts';
import { addressKey, clientAddress } from './client-address.ts';
import { type HttpRequest, type HttpResponse, json, type Route } from './route.ts';

const body = z.strictObject({
  // What PostgreSQL cannot store would be an error of ours.
  session: z
    .string()
    .trim()
    .regex(/^[^\0\p{Surrogate}]{1,200}$/u),
  message: z.string().trim().min(1).max(10_000),
});
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Chat for a web page. Nobody vouches for a session, so orders are shown only after a proof. A client that
 * repeats a request sends the same `Idempotency-Key` header, and the message counts once.
 */
export function chatRoutes(
  context: ConversationContext,
  options: { readonly token: string; readonly timeoutMs?: number; readonly trustedProxies?: number },
): readonly Route[] {
  const guarded =
    (handle: (request: HttpRequest) => Promise<HttpResponse>) =>
    async (request: HttpRequest): Promise<HttpResponse> =>
      hasBearerToken(request.headers.authorization, options.token)
        ? handle(request)
        : json(401, { error: 'send the header "Authorization: Bearer CHAT_API_TOKEN"' });
  return [
    {
      method: 'POST',
      path: '/api/chat',
      handle: guarded(async (request) => {
        const tooMany = await refuseTooMany(context, clientAddress(request, options.trustedProxies ?? 0));
        return tooMany ?? chat(context, request, options.timeoutMs ?? 30_000);
      }),
    },
    {
      method: 'GET',
      path: '/api/chat/:conversation',
      handle: guarded((request) => readChat(context, request.params.conversation ?? '')),
    },
  ];
}

/** Nothing was taken in, so that nothing is lost: whoever calls knows, and can call again. */
async function refuseTooMany(
  { refunds }: ConversationContext,
  address: string,
): Promise<HttpResponse | undefined> {
  const limit = 'address-messages';
  const [counted] = await countUses(refunds.db, refunds, { limit, subject: addressKey(address) });
  if (!counted || counted.verdict === 'within') return undefined;
  refunds.metrics.limitReached(limit);
  if (counted.verdict === 'just-over') refunds.log.warn('A limit is used up', { kind: limit });
  const error = `too many messages from this address; send again in ${counted.seconds} seconds`;
  return json(429, { error }, { 'retry-after': String(counted.seconds) });
}

async function chat(
  context: ConversationContext,
  request: HttpRequest,
  timeoutMs: number,
): Promise<HttpResponse> {
  const parsed = body.safeParse(parseJson(request.rawBody));
  const key = request.headers['idempotency-key'] ?? randomUUID();
  if (key.length > 200) return json(400, { error: 'Idempotency-Key is longer than 200 characters' });
  if (!parsed.success) {
    return json(400, {
      error: 'send JSON: {"session": "…", "message": "…"}; message of at most 10,000 characters',
    });
  }
  const { conversationId, seq } = await receiveMessage(context, {
    provider: 'chat',
    providerMessageId: messageKey(parsed.data.session, key),
    channel: 'chat',
    address: parsed.data.session,
    phone: undefined,
    text: parsed.data.message,
  });
  const reply = await replyAfter(context, conversationId, seq, timeoutMs);
  return reply === undefined
    ? json(202, { conversation: conversationId })
    : json(200, { reply, conversation: conversationId });
}

/** A session may be somebody's name: what remembers deliveries outlives what is erased. */
function messageKey(session: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([session, key]))
    .digest('hex');
}

/**
 * What was said after this message, once nothing of the customer's waits. Undefined when time ran out, and
 * when nobody answers it by itself: a person owns the conversation, or the sender opted out.
 */
export async function replyAfter(
  { refunds: { db } }: ConversationContext,
  id: ConversationId,
  seq: number | undefined,
  timeoutMs: number,
): Promise<string | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = 15; ; pauseMs = Math.min(250, pauseMs * 1.5)) {
    if ((await waitingMessages(db, id)).length === 0) {
      const said = await messagesAfter(db, id, seq ?? (await lastAskedSeq(db, id)));
      const texts = said.filter((message) => message.author !== 'customer').map((message) => message.text);
      return texts.length > 0 ? texts.join('\n') : undefined;
    }
    if (performance.now() + pauseMs > deadline) return undefined;
    await wait(pauseMs);
  }
}

async function lastAskedSeq(db: ConversationContext['refunds']['db'], id: ConversationId): Promise<number> {
  const asked = (await recentMessages(db, id, 50)).filter((message) => message.author === 'customer');
  return asked.at(-1)?.seq ?? 0;
}

async function readChat({ refunds: { db } }: ConversationContext, id: string): Promise<HttpResponse> {
  const conversation = uuid.test(id) ? await readConversation(db, id as ConversationId) : undefined;
  if (conversation?.channel !== 'chat') return json(404, { error: 'no such conversation' });
  const messages = await recentMessages(db, conversation.id, 50);
  const lastAsked = messages.findLast((message) => message.author === 'customer')?.seq ?? 0;
  const replies = messages.filter((message) => message.seq > lastAsked).map((message) => message.text);
  return json(200, {
    conversation: conversation.id,
    reply: replies.length > 0 ? replies.join('\n') : null,
    messages: messages.map(({ author, text, createdAt }) => ({
      from: author,
      text,
      at: createdAt.toISOString(),
    })),
  });
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
