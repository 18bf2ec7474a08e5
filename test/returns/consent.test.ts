import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentOf, readConsent } from '../../src/returns/consent.ts';

const yes = [
  ...[
    'yes',
    'Yes',
    'YES',
    'YES.',
    'ＹＥＳ',
    'ＹＥＳ。',
    'yes!',
    'yes!!!',
    ' yes ',
    'yesss',
    'y',
    'Y',
    'yep',
    'yup',
  ],
  ...[
    'yeah',
    'yea',
    'ok',
    'OK',
    'Okay',
    'ok.',
    'k',
    'alright',
    'sure',
    'sure thing',
    'of course',
    'absolutely',
  ],
  ...[
    'go ahead',
    'Go ahead!',
    'ok go ahead then',
    'sounds good, please do',
    'sounds good',
    'please do',
    'do it',
  ],
  ...[
    'yes please',
    'yes, please',
    'yes please refund it',
    'please refund it',
    'yes thanks!',
    'yes, thank you so much',
  ],
  ...[
    'that works',
    'works for me',
    "that's fine",
    'that’s fine',
    'fine',
    'fine by me',
    'confirm',
    'Confirmed',
    'I confirm',
  ],
  ...[
    'I agree',
    'agreed',
    'accepted',
    'deal',
    'correct',
    'proceed',
    'Please proceed.',
    'continue',
    "let's do it",
  ],
  ...[
    'yes yes',
    'yes, go ahead - thanks',
    'oh yes',
    'hi, yes please',
    'no problem, go ahead',
    'great, go ahead',
  ],
  ...[
    '👍',
    '👍🏽',
    'yes 👍',
    '✅',
    '✔️',
    'ok 🙏',
    'sí',
    'Si',
    'Sí, por favor',
    'claro',
    'oui',
    'd’accord',
    "D'accord",
  ],
  ...[
    'ja',
    'Ja bitte',
    'ja, gerne',
    'sim',
    'da',
    'да',
    'はい',
    '好的',
    '네',
    'ναι',
    'yes\nplease',
    'yes\n\nthanks\n',
    'ok\nyes',
  ],
  ...[
    'yes\u200b',
    'yes I do',
    'for sure',
    'by all means',
    'sounds good to me',
    'go for it',
    'refund me please',
  ],
];

const no = [
  ...[
    'no',
    'No.',
    'NO',
    'nope',
    'nah',
    'n',
    'no thanks',
    'No, thank you',
    "don't",
    'don’t',
    'do not',
    'not now',
  ],
  ...[
    'not yet',
    'never mind',
    'nevermind',
    'wait',
    'hold on',
    'Hang on!',
    'leave it',
    'forget it',
    "don't do it",
  ],
  ...[
    "please don't",
    'no, wait',
    'absolutely not',
    "I'll keep it",
    'stop',
    'cancel it',
    'nooo',
    '👎',
    '❌',
    'no\nthanks',
  ],
  ...[
    'nein',
    'Nein danke',
    'non merci',
    'no gracias',
    'claro que no',
    'não',
    'нет',
    'いいえ',
    'nej tak',
    'maybe later',
  ],
];

const unclear = [
  ...[
    '',
    ' ',
    '.',
    'maybe',
    'yes?',
    'Yes ?',
    'yes？',
    'yes؟',
    'yes\u037e',
    'is it yes?',
    'is it yes',
    'I guess so?',
    'I guess so',
  ],
  ...[
    'yesterday',
    'yes yesterday',
    'ok how much?',
    'ok how much',
    'yes and also the socks',
    'yes, and the socks too',
  ],
  ...[
    'yes if you waive the fee',
    'yes but only one',
    'yes but',
    'yes 2 of them',
    'yes 2',
    'yes $48',
    'yes 48.00',
    'yes jo@example.com',
  ],
  ...[
    '"yes"',
    '“yes”',
    '> yes',
    'Liked “Shall I go ahead?”',
    "'yes'",
    'you said "yes"',
    'yes or no',
    'yes no',
    'no yes',
  ],
  ...[
    'yes\nno',
    'no\nyes',
    'yes\nbut only one',
    'yes\nhow long does it take',
    'thanks',
    'please',
    'hello',
    'great',
    'no problem',
  ],
  ...[
    'not sure',
    "I'm not sure",
    'why not',
    'hmm ok',
    'well yes',
    'yes...',
    'yes…',
    'yes unless it costs extra',
    'yes to store credit',
  ],
  ...[
    'yes, as store credit',
    'I would say yes',
    'my friend said yes',
    'if yes then ok',
    'yes and no',
    'yes (maybe)',
    'yes/no',
    'yes & no',
  ],
  ...[
    "don't wait, go ahead",
    'no, go ahead',
    'no, only one of them',
    'eyes',
    'okra',
    'yes #1001',
    'yes*',
    '1',
    'si me pagan el envio',
  ],
  ...[
    'ja aber nur eins',
    'oui mais',
    'what',
    'tak',
    'ano',
    'yes nothing',
    'ok when',
    'ok wait',
    'yes wait',
    '👍👎',
    'can you do it',
  ],
];

describe('readConsent', () => {
  it.each(yes)('hears a yes in %j', (text) => {
    expect(readConsent(text)).toBe('yes');
  });

  it.each(no)('hears a no in %j', (text) => {
    expect(readConsent(text)).toBe('no');
  });

  it.each(unclear)('does not decide on %j', (text) => {
    expect(readConsent(text)).toBe('unclear');
  });

  it('takes no yes that goes on with a but, an if, a question, a number or a price', () => {
    const tail = fc.constantFrom(
      ' but',
      ' if',
      '?',
      ' ?',
      ', but',
      ' 2',
      ' $5',
      ' only',
      ' and the socks',
      ' unless',
      '\nbut',
    );
    fc.assert(
      fc.property(fc.constantFrom(...yes), tail, (text, end) => {
        expect(readConsent(text + end)).not.toBe('yes');
        expect(consentOf([text + end])).not.toBe('yes');
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes no yes out of arbitrary text around it', () => {
    const word = fc.stringMatching(/^[a-z]{5,12}$/u).filter((text) => readConsent(`yes ${text}`) !== 'yes');
    fc.assert(
      fc.property(fc.constantFrom(...yes), word, (text, stranger) => {
        expect(readConsent(`${stranger} ${text}`)).not.toBe('yes');
        expect(readConsent(`${text} ${stranger}`)).not.toBe('yes');
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['yes', 'no', 'unclear']).toContain(readConsent(text));
      }),
    );
  });
});

describe('consentOf', () => {
  it.each([
    [[], 'unclear'],
    [['yes'], 'yes'],
    [['how long does it take?', 'yes'], 'yes'],
    [['no', 'yes'], 'yes'],
    [['wait', 'ok go ahead'], 'yes'],
    [['yes', 'no'], 'no'],
    [['yes', 'hold on'], 'no'],
    [['yes', 'thanks'], 'yes'],
    [['yes', 'thank you!', '🙏'], 'yes'],
    [['yes', 'how much is the fee?'], 'unclear'],
    [['yes', 'and the socks too'], 'unclear'],
    [['yes', ''], 'unclear'],
    [['yes', 'but only one', 'yes'], 'yes'],
    [['no', 'how long does it take?'], 'no'],
    [['thanks'], 'unclear'],
  ] as const)('of %j is %s', (messages, expected) => {
    expect(consentOf(messages)).toBe(expected);
  });
});
