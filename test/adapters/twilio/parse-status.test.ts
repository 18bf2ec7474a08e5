import { describe, expect, it } from 'vitest';
import { parseStatus, statusRank } from '../../../src/adapters/twilio/parse-status.ts';

const parse = (params: Record<string, string>) => parseStatus(Buffer.from(`${new URLSearchParams(params)}`));
const receipt = { MessageSid: 'SM1', AccountSid: 'AC1', MessageStatus: 'delivered' };

describe('parseStatus', () => {
  it('reads a receipt', () => {
    expect(parse(receipt)).toEqual({
      kind: 'status',
      messageSid: 'SM1',
      accountSid: 'AC1',
      status: 'delivered',
      rank: statusRank.delivered,
      errorCode: undefined,
      isWhatsapp: false,
    });
  });

  it('reads the error of a failed message', () => {
    expect(parse({ ...receipt, MessageStatus: 'undelivered', ErrorCode: '30003' })).toMatchObject({
      status: 'undelivered',
      errorCode: '30003',
    });
  });

  it.each(['', '0', 'abc', '30003 '])('has no error code for %j', (ErrorCode) => {
    expect(parse({ ...receipt, ErrorCode })).toMatchObject({ errorCode: undefined });
  });

  it.each([
    ['no id', { MessageSid: '' }, 'no-message-sid'],
    ['an inbound status', { MessageStatus: 'received' }, 'unknown-status'],
    ['a status that is a property', { MessageStatus: 'constructor' }, 'unknown-status'],
  ])('does not support %s', (_, change, why) => {
    expect(parse({ ...receipt, ...change })).toEqual({ kind: 'unsupported', why });
  });

  it('ranks every status above those it follows, and all final ones alike', () => {
    const way = ['scheduled', 'accepted', 'queued', 'sending', 'sent', 'delivered', 'read'] as const;
    const ranks = way.map((status) => statusRank[status]);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(way.length);
    for (const status of ['failed', 'undelivered', 'canceled'] as const) {
      expect(statusRank[status]).toBe(statusRank.delivered);
    }
  });
});
