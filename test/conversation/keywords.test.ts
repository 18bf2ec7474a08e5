import { describe, expect, it } from 'vitest';
import { readKeyword } from '../../src/conversation/keywords.ts';

describe('readKeyword', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'STOP!!!',
    'ＳＴＯＰ',
    '"stop"',
    'stop 🛑',
    'STOP\u200b',
    'STOPALL',
    'stop all',
    'UNSUBSCRIBE',
    'CANCEL',
    'End',
    'QUIT',
    'revoke',
    'OPTOUT',
    'opt out',
    'Opt-out',
    'please stop',
    'stop please',
    'Stop now!',
    'stop texting me',
    'Stop messaging me, please',
    'can you stop texting me',
    'stop sending me messages',
    'stop sending texts',
    'stop these messages',
    "don't text me",
    'Don’t text me anymore',
    'do not contact me',
    'never text me again',
    "don't send me any more messages",
    "I don't want these texts",
    'I do not want to receive any more messages from you',
    'no more texts',
    'unsubscribe me',
    'unsubscribe me from this list',
    'opt me out',
    'opt me out of these messages',
    'I want to opt out',
    "I'd like to unsubscribe",
    'remove me from your list',
    'take me off the list',
    'remove my number',
    'leave me alone',
    'quit texting me',
    'stop contacting me immediately',
    'Stop it',
  ])('reads %j as a wish to be left alone', (text) => {
    expect(readKeyword(text)).toBe('stop');
  });

  it.each([
    'stop by the store tomorrow',
    'I will stop by tomorrow',
    'cancel my order',
    'please cancel the return',
    'cancel please',
    'the end of the sleeve is torn',
    'end of story',
    'can you stop the shipment',
    'stop my return',
    'stop sending me the wrong size',
    'I want to quit waiting',
    'the zip does not stop',
    'revoke my approval',
    'do not refund me, exchange it',
    'remove the shirt from my order',
    'opt for store credit',
    'no',
    'non-stop trouble',
    `stop${' '.repeat(300)}by tomorrow`,
    `${'please '.repeat(40)}stop`,
    '',
  ])('leaves %j to the conversation', (text) => {
    expect(readKeyword(text)).toBeUndefined();
    expect(readKeyword(text, { optedOut: true })).toBeUndefined();
  });

  it.each(['START', 'start.', 'UnStop'])('reads %j as coming back', (text) => {
    expect(readKeyword(text)).toBe('start');
  });

  it('reads a yes as coming back only from someone who left', () => {
    expect(readKeyword('YES', { optedOut: true })).toBe('start');
    expect(readKeyword('Yes!', { optedOut: true })).toBe('start');
    expect(readKeyword('YES', { optedOut: false })).toBeUndefined();
    expect(readKeyword('YES')).toBeUndefined();
  });

  it.each(['HELP', 'help!', 'info', 'Info?'])('reads %j as asking who we are', (text) => {
    expect(readKeyword(text)).toBe('help');
  });

  it.each(['help me return my shirt', 'can you help', 'start a return', 'more info on order 1001'])(
    'does not take %j for a keyword',
    (text) => {
      expect(readKeyword(text)).toBeUndefined();
    },
  );
});
