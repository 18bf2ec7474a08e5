import type { AdminContext } from './admin-context.ts';
import {
  askToCancel,
  type CancelInput,
  finishCancellation,
  isPending,
  markCancellation,
} from './cancel-order.ts';
import type { ShopCancellation } from './shop-state.ts';

/** The root fields of Shopify's Admin API about cancelling, which takes the shop a while. */
export const cancelRoot = {
  orderCancel: (input: CancelInput, { file, now }: AdminContext) => {
    const asked = askToCancel(file.state, input, now());
    if (!('jobId' in asked)) return { job: null, orderCancelUserErrors: [asked], userErrors: [asked] };
    file.save();
    const job = { __typename: 'Job', id: asked.jobId, done: false };
    return { job, orderCancelUserErrors: [], userErrors: [] };
  },

  job: ({ id }: { id: string }, context: AdminContext) => {
    lookAt(context, (each) => each.jobId === id);
    const job = context.file.state.cancellations?.find((each) => each.jobId === id);
    return job ? { __typename: 'Job', id, done: !isPending(job) } : null;
  },
};

/** The first look still finds it at work; it is finished by the next, at the job or at the order. */
export function lookAt(context: AdminContext, isMeant: (asked: ShopCancellation) => boolean): void {
  const { file, now, paymentStatus } = context;
  for (const asked of file.state.cancellations ?? []) {
    if (!isMeant(asked) || !isPending(asked)) continue;
    if (asked.state === 'asked') markCancellation(file.state, asked, 'seen');
    else finishCancellation(file.state, asked, { at: now(), paymentStatus: paymentStatus() });
    file.save();
  }
}
