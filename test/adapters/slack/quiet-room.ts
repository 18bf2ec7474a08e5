import type { StaffRoom } from '../../../src/adapters/slack/app-home.ts';
import type { HomeView } from '../../../src/ports/staff-desk.ts';

export const emptyHome: HomeView = {
  person: 'approver',
  approvals: [],
  returns: { newest: [], count: 0 },
  handOffs: [],
  today: { conversations: 0, refunds: 0, refunded: [], handOffs: 0 },
  pause: undefined,
};

/** Nothing waits, and nobody can pause. */
export const quietRoom: StaffRoom = {
  describeHome: async () => emptyHome,
  pause: async () => ({ kind: 'not-allowed' }),
  resume: async () => ({ kind: 'not-allowed' }),
  findReturn: async () => ({ kind: 'not-found' }),
  takeIn: async () => ({ kind: 'not-found' }),
};
