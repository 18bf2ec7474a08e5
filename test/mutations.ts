import { abuseMutations } from './mutations/abuse.ts';
import { approvalMutations } from './mutations/approvals.ts';
import { consentMutations } from './mutations/consent.ts';
import { deliveryMutations } from './mutations/delivery.ts';
import { identityMutations } from './mutations/identity.ts';
import { moneyMutations } from './mutations/money.ts';
import type { Mutation } from './mutations/mutation.ts';
import { privacyMutations } from './mutations/privacy.ts';
import { whatsappMutations } from './mutations/whatsapp.ts';

/** Every guard docs/reliability.md and docs/architecture.md name, taken out one at a time by `npm run mutate`. */
export const mutations: readonly Mutation[] = [
  ...moneyMutations,
  ...consentMutations,
  ...approvalMutations,
  ...deliveryMutations,
  ...identityMutations,
  ...abuseMutations,
  ...privacyMutations,
  ...whatsappMutations,
];
