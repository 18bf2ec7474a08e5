import { tellCustomer } from '../refunds/tell-customer.ts';
import { languageOfStop, recordConsent } from '../storage/consents.ts';
import type { LockedConversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import type { ConversationContext } from './context.ts';
import { keywordAnswers } from './keyword-answers.ts';
import type { SaidKeyword } from './keywords.ts';

/** Obeys STOP, START and HELP; answers what Twilio has not answered already, in the language it was said in. */
export async function obeyKeyword(
  tx: Tx,
  { refunds, storeName }: ConversationContext,
  locked: LockedConversation,
  { kind, word, language }: SaidKeyword,
  answeredByProvider: boolean,
): Promise<void> {
  const { conversation, sender } = locked;
  if (kind === 'help') {
    if (answeredByProvider) return;
    await tellCustomer(tx, refunds.jobs, locked, keywordAnswers[language ?? 'en'].help(storeName));
    return;
  }
  const left = kind === 'start' ? await languageOfStop(tx, sender) : undefined;
  const source = answeredByProvider ? 'provider' : 'message';
  await recordConsent(tx, sender, conversation.id, { kind, word, language, source });
  if (kind === 'stop' || answeredByProvider) return;
  const text = keywordAnswers[left ?? language ?? 'en'].back(storeName);
  await tellCustomer(tx, refunds.jobs, { ...locked, optedOut: false }, text);
}
