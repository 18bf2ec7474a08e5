import type { ReturnDesk } from '../../ports/return-desk.ts';
import { calculateReturnOf } from './calculate-return.ts';
import { cancelReturnById, closeReturnById } from './end-return.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { labelParcel } from './label-parcel.ts';
import { openReturn, returnsOf } from './open-return.ts';
import { returnById } from './return-state.ts';
import { settleReturn } from './settle-return.ts';
import { reasonsOf } from './shop-catalogue.ts';
import { outcomeOf } from './suggest-refund.ts';

export function createReturnDesk(client: GraphqlClient): ReturnDesk {
  return {
    listReturnReasons: () => reasonsOf(client),
    calculateReturn: (plan) => calculateReturnOf(client, plan),
    createReturn: (command) => openReturn(client, command),
    listReturns: (orderId) => returnsOf(client, orderId),
    readReturn: (id) => returnById(client, id),
    suggestReturnOutcome: (question) => outcomeOf(client, question),
    processReturn: (command) => settleReturn(client, command),
    cancelReturn: (id) => cancelReturnById(client, id),
    closeReturn: (id) => closeReturnById(client, id),
    attachLabel: (command) => labelParcel(client, command),
  };
}
