import type { StateFile } from '../state-file.ts';
import type { PaymentStatus, ShopState } from './shop-state.ts';

export type AdminContext = {
  readonly file: StateFile<ShopState>;
  readonly now: () => Date;
  /** What becomes of the next refunds' payments. */
  readonly paymentStatus: () => PaymentStatus;
};
