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
  ...['Yes I want to return it', 'yes, that would be great', 'yes and thank you', 'I confirm the refund'],
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
  ...['ok never mind', 'ok no thanks', 'actually no', 'no, I changed my mind', "I'm keeping it", 'no refund'],
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

const doubtful = `
maybe yes|probably|probably yes|possibly|perhaps|i think so|i think yes|i suppose|i suppose so|suppose so|i guess
i guess yes|could be|might be|kind of|kinda|sort of|sorta|more or less|not really sure|idk|dunno|i dont know|no idea
let me think|let me think about it|let me check|let me ask my husband|i will see|we will see|well see|ill let you know
i need to think|need more time|give me time|yes maybe|maybe not|ok maybe|ok but|ok but first|ok what about the socks
ok how long|ok then what|ok so what now|ok i see what you mean|yes i see|ok i see|ok got it|ok understood|ok noted|yea right|oh sure|yes i know|yes i read it|yes i understand
yes i understand but|yes who is this|yes this is jane|yes its me|yes i have a question|yes one question
yes can i ask something|yes and when|yes when|yes how|yes why|yes what|yes which one|yes where|yes right after|yes later
yes tomorrow|yes next week|yes soon|yes almost|yes almost sure|yes in principle|yes but not now|yes not now|yes not yet
yes except the socks|yes without the socks|yes just one|yes only one|yes both|yes all of them|yes everything
yes the blue one|yes the shirt|yes instead of the socks|yes exchange|yes exchange it|yes store credit|yes to my other card
yes to paypal|yes in cash|yes as long as it is free|yes provided its free|yes assuming its free|yes so long as its free
yes when the box arrives|yes after you answer|yes once you answer|yes in case its free|yes depending|it depends|depends
yes depends|yes or maybe no|yes i mean no|yes no maybe|no yes|nah yeah|yeah nah|yeah no|yeah right|yeah sure whatever
whatever|whatever you say|as you wish|up to you|you decide|do what you want|i dont care|dont care|if you say so|if i must
if you want|if possible|if so|if thats ok|if it is free|only if|unless|not bad|not wrong|not a no|not no|why yes|why
would you|should i|shall i|can i|can you|could you|do you|is that ok|is it ok|is that right|is that correct|right so
so yes|else yes|otherwise yes|say yes|i said yes to the other one|she said yes|my wife says yes|reply yes
reply YES to go ahead|the answer is not yes|dont say yes|i never said yes|i did not say yes|i cant say yes|hardly yes
yes is what i would say|wait yes|hold on yes|stop yes|no wait yes|ok no yes|ok cancel yes|oh well|hm|hmm|hmmm|uh|uhh|um
umm|uhm|eh|meh|huh|uh huh|mhm|mm|lol|lol yes|haha yes|haha|omg yes|yes lol|yes haha|yes im joking|just kidding yes|jk yes
really|seriously|are you sure|for real|no kidding|you wish|as if|fat chance|wow|what a joke|great another bot|thanks for nothing
fine but|fine if|fine whatever|sure but|sure if|sure why not|sure when|sure how|of course if|of course but|ok if|ok when
ok unless|i agree but|i agree to nothing|agreed but|deal if|deal or no deal|confirm what|confirmed what|please explain
please call me|please wait yes|please tell me more|please clarify|tell me more|explain|details|more info|info please
i want to return it but|i want to return it tomorrow|i want to return it for store credit|i want to return it if free
i want to return only one|id like the refund in cash|that would be great if|that would be great but|that would be nice if
1|2|100|ok 1|ok 2|y n|y/n|yn|yno|yesno|yes?no|yess?|yes ?|yes !?|yes:|yes;but|yes (not)|yes-no|yes.no|y?|ok?|k?|sure?
\u{1f937}|\u{1f914}|\u{1f615}|\u{1f610}|yes \u{1f914}|ok \u{1f937}|\u{1f44d}\u{1f914}|\u{1f44d}?|\u{1f44d} but|\u{1f610} ok|\u{1f643}|yes \u{1f643}|ok \u{1f644}
`
  .split(/[|\n]/)
  .filter((text) => text !== '');

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

  it.each(doubtful)('hears no yes in %j', (text) => {
    expect(readConsent(text)).not.toBe('yes');
    expect(consentOf(['yes', text])).not.toBe('yes');
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

describe('an answer to whether an order shall be cancelled', () => {
  it.each([
    'yes',
    'yes cancel it',
    'Yes, please cancel my order',
    'ok, cancel the order',
    'yes I want it cancelled',
  ])('"%s" is a yes', (text) => {
    expect(readConsent(text, 'cancellation')).toBe('yes');
    expect(consentOf([text], 'cancellation')).toBe('yes');
  });

  it.each(['cancel it', 'please cancel', 'cancel my order', 'I want to cancel', 'cancel the order please'])(
    '"%s" repeats what was asked for, and neither agrees nor refuses',
    (text) => {
      expect(readConsent(text, 'cancellation')).toBe('unclear');
      expect(consentOf([text], 'cancellation')).toBe('unclear');
    },
  );

  it.each([
    'no',
    "don't cancel it",
    'no, keep the order',
    "please don't cancel",
    'keep my order',
    'never mind',
  ])('"%s" is a no', (text) => expect(readConsent(text, 'cancellation')).toBe('no'));

  it.each(['yes cancel the return', 'yes but only one of them', 'yes, cancel it?', 'cancel only the mug'])(
    '"%s" is no yes',
    (text) => expect(readConsent(text, 'cancellation')).toBe('unclear'),
  );

  it('takes "cancel it" for a no where a return was offered', () => {
    expect(readConsent('cancel it')).toBe('no');
    expect(readConsent('yes cancel it')).toBe('unclear');
  });
});
