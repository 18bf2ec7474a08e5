import { tellCustomer } from '../refunds/tell-customer.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { LockedConversation } from '../storage/conversations.ts';
import { optIn, optOut } from '../storage/customers.ts';
import type { Tx } from '../storage/database.ts';
import type { ConversationContext } from './context.ts';
import type { Keyword } from './keywords.ts';

/** Obeys STOP, START and HELP; answers what Twilio has not answered already. */
export async function obeyKeyword(
  tx: Tx,
  { refunds, storeName }: ConversationContext,
  locked: LockedConversation,
  keyword: Keyword,
  answeredByProvider: boolean,
): Promise<void> {
  const { conversation, sender } = locked;
  const audit = {
    store: sender.store,
    conversationId: conversation.id,
    actor: 'customer',
    subject: sender.id,
  };
  switch (keyword) {
    case 'stop':
      await optOut(tx, sender);
      await recordAudit(tx, { ...audit, action: 'consent.withdrawn' });
      return;
    case 'start':
      await optIn(tx, sender);
      await recordAudit(tx, { ...audit, action: 'consent.given' });
      if (!answeredByProvider) {
        await tellCustomer(
          tx,
          refunds.jobs,
          { ...locked, optedOut: false },
          `You will get messages from ${storeName} again. How can I help?`,
        );
      }
      return;
    case 'help':
      if (!answeredByProvider) {
        await tellCustomer(
          tx,
          refunds.jobs,
          locked,
          `${storeName} returns: tell me what you want to return and your order number, for example "return the blue shirt from order 1001". Ask for a person at any time. Reply STOP to get no more messages.`,
        );
      }
  }
}
