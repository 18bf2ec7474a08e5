import { hasRequested, type Requester } from './approval.ts';

/**
 * Two people stand behind every refund a colleague asks for: who asked, and who approved it or saw the goods.
 */
export function mayTakeIn(agreed: AgreedReturn, userId: string): boolean {
  return agreed.wasApproved || !hasRequested(agreed.requestedBy, userId);
}

export type AgreedReturn = { readonly requestedBy: Requester; readonly wasApproved: boolean };
