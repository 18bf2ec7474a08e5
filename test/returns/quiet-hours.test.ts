import { describe, expect, test } from 'vitest';
import { quietUntil } from '../../src/returns/quiet-hours.ts';

const night = { fromMinute: 21 * 60, toMinute: 8 * 60 };
const until = (now: string, address: string, quiet = night) =>
  quietUntil(new Date(now), address, quiet)?.toISOString();

describe('at night', () => {
  test.each([
    ['in the late evening', '2026-11-24T20:30:00Z', '+33612345678', '2026-11-25T07:00:00.000Z'],
    ['after midnight', '2026-11-25T02:00:00Z', '+33612345678', '2026-11-25T07:00:00.000Z'],
    ['in the minute before its end', '2026-11-25T06:59:59Z', '+33612345678', '2026-11-25T07:00:00.000Z'],
    ['in the minute it begins', '2026-11-24T20:00:00Z', '+33612345678', '2026-11-25T07:00:00.000Z'],
    ['in summer time', '2026-07-01T19:00:00Z', '+33612345678', '2026-07-02T06:00:00.000Z'],
    ['on WhatsApp', '2026-11-25T02:00:00Z', 'whatsapp:+33612345678', '2026-11-25T07:00:00.000Z'],
    [
      'on WhatsApp without a number',
      '2026-11-25T02:00:00Z',
      'whatsapp:GB.1349120865530',
      '2026-11-25T08:00:00.000Z',
    ],
    [
      'of a number whose area code says nothing',
      '2026-11-25T04:00:00Z',
      '+15551230001',
      '2026-11-25T16:00:00.000Z',
    ],
    ['in Hawaii', '2026-11-25T12:00:00Z', '+18085550123', '2026-11-25T18:00:00.000Z'],
    [
      'in the night the clocks go forward',
      '2026-03-28T23:00:00Z',
      '+33612345678',
      '2026-03-29T06:00:00.000Z',
    ],
    ['in the night the clocks go back', '2026-10-24T23:00:00Z', '+33612345678', '2026-10-25T07:00:00.000Z'],
  ])('waits for the morning %s', (_when, now, address, morning) => {
    expect(until(now, address)).toBe(morning);
  });

  test('waits until it is day on both coasts: a number does not tell on which', () => {
    // 22:00 in New York, 19:00 in Los Angeles.
    expect(until('2026-11-25T03:00:00Z', '+12125550123')).toBe('2026-11-25T16:00:00.000Z');
    // 9:00 in New York, 6:00 in Los Angeles.
    expect(until('2026-11-25T14:00:00Z', '+12125550123')).toBe('2026-11-25T16:00:00.000Z');
  });
});

describe('sends at once', () => {
  test.each([
    ['by day', '2026-11-24T12:00:00Z', '+33612345678'],
    ['in the minute the night ends', '2026-11-25T07:00:00Z', '+33612345678'],
    ['on a day on both coasts', '2026-11-24T18:00:00Z', '+12125550123'],
    ['where nothing tells where somebody is', '2026-11-25T02:00:00Z', 'session-12'],
  ])('%s', (_when, now, address) => {
    expect(until(now, address)).toBeUndefined();
  });
});

test('a night need not go past midnight', () => {
  const siesta = { fromMinute: 13 * 60, toMinute: 15 * 60 };
  expect(until('2026-11-24T12:30:00Z', '+34612345678', siesta)).toBe('2026-11-24T15:00:00.000Z');
  expect(until('2026-11-24T02:00:00Z', '+33612345678', siesta)).toBeUndefined();
});
