import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ApprovalDesk } from '../ports/approval-desk.ts';
import type { StaffDirectory } from '../ports/staff-directory.ts';
import type { Storefront } from '../ports/storefront.ts';
import type { CodeKey } from '../returns/one-time-code.ts';
import type { Policy } from '../returns/policy.ts';
import type { UsageLimits } from '../returns/usage-limits.ts';
import type { Db } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import type { RecentOrders } from './recent-orders.ts';

/** What every use case about money works with. */
export type RefundContext = {
  readonly db: Db;
  readonly jobs: JobQueue;
  readonly storefront: Storefront;
  /** Only for `order-to-show.ts` and `read-order.ts`. */
  readonly recentOrders?: RecentOrders;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The shop's myshopify.com domain. */
  readonly store: string;
  readonly policies: Policies;
  readonly terms: RefundTerms;
  /** The usual ones unless told. */
  readonly usageLimits?: UsageLimits | undefined;
  /** Undefined without Slack: then nothing can be approved. */
  readonly approvals: ApprovalSetting | undefined;
  /** Undefined where no texts are sent: then nobody can be sent a code. */
  readonly codeKey?: CodeKey | undefined;
};

/** Every policy that was ever in force: what was quoted under one is finished under it. */
export type Policies = {
  current(): Policy;
  /** Undefined: not known here, so that nothing can be judged under it. */
  find(version: string): Promise<Policy | undefined>;
};

export type RefundTerms = {
  /** Decimal, in the shop's currency. Strictly above it a refund waits for approval. */
  readonly approvalThreshold: string;
  readonly approvalTtlSeconds: number;
  readonly quoteTtlSeconds: number;
};

export type ApprovalSetting = {
  readonly desk: ApprovalDesk;
  readonly directory: StaffDirectory;
  /** Slack user and user-group ids. Empty means nobody. */
  readonly approvers: readonly string[];
};
