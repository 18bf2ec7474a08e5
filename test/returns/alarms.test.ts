import { describe, expect, test } from 'vitest';
import { type AlarmMessage, contradicts, contradictsTwice, readAlarm } from '../../src/returns/alarms.ts';

describe('a customer who asks for a person', () => {
  test.each([
    'human please',
    'Human!!',
    'agent',
    'AGENT PLEASE',
    'representative',
    'a real person please',
    'live agent',
    'operator',
    'customer service',
    'hi, manager please',
    'I want to talk to a human',
    'talk to someone',
    'Can I speak to a person?',
    'can i please speak with a manager',
    'let me talk to a real human being',
    'I need to talk to somebody about this',
    'connect me to an agent',
    'transfer me to a representative now',
    'put me through to customer service',
    'pass me on to your team member',
    'I want a person',
    'I need a human, not a bot',
    'get me a human',
    'give me your supervisor',
    'is there a human I can talk to?',
    'can I get a rep?',
    'I’d like a real person please',
    'how do I reach customer support?',
    'can a human look at this?',
    'could a manager call me',
    'please have someone call me',
    'call me back please',
    "I don't want to talk to a bot",
    'stop the bot',
    'I hate talking to this stupid bot',
    "why can't I talk to a human",
    'quiero hablar con una persona',
    'ich möchte mit einem Menschen sprechen',
    'please escalate this to a manager',
    'take me to a ｈｕｍａｎ agent',
  ])('is understood: %s', (text) => {
    expect(readAlarm(text)).toBe('asked_for_person');
  });

  test.each([
    'hi',
    'I want to return the blue shirt',
    'the jacket was for another person',
    'my agent bought it for me',
    'I need to talk to my husband first',
    'I need to talk to my manager before I return the desk',
    'I want to return the manager chair',
    'no need to talk to a person',
    "I don't need a human, just a refund",
    'the agent on the phone said I could return it',
    'someone else ordered it',
    'can someone help me return a shirt',
    'I need someone else’s size',
    'your customer service is great',
    'call me Jane',
    'this stool holds one person only',
    'people say it is too small',
    'is it for real?',
    'I want to support your shop',
    'are you a bot?',
    'thanks, the staff were lovely',
  ])('is not seen in: %s', (text) => {
    expect(readAlarm(text)).toBeUndefined();
  });
});

describe('a threat of legal action', () => {
  test.each([
    'my lawyer will hear about this',
    'you will hear from my lawyer',
    "I'm contacting my attorney",
    'I’ll get a lawyer',
    'I will sue you',
    "I'm going to sue",
    'I am suing your company',
    'this will be a lawsuit',
    'I am considering legal action',
    'see you in court',
    'I’m taking you to small claims court',
    'I will file a chargeback',
    'I am disputing the charge with my bank',
    "I'm reporting you to the BBB",
    'I will complain to trading standards',
    'reporting you to the attorney general',
    'I am calling the police',
  ])('is understood: %s', (text) => {
    expect(readAlarm(text)).toBe('legal_threat');
  });

  test.each([
    'it was a gift for my lawyer',
    'I am getting a gift for my lawyer',
    'hi, this is Sue',
    'will Sue get the refund?',
    'I bought the suit for a wedding',
    'is the return legal in Canada?',
    'can you charge it back to my card',
    'was I charged twice?',
    'the tennis court shoes are too small',
    'I have no issue with the colour',
    'the bbq cover is torn',
  ])('is not seen in: %s', (text) => {
    expect(readAlarm(text)).toBeUndefined();
  });
});

describe('a threat of harm', () => {
  test.each([
    'I want to kill myself',
    "I'm going to end my life",
    'I feel suicidal',
    'I just want to die',
    "I don't want to live anymore",
    'I’m going to hurt myself',
    'I will kill you',
    "I'm going to come over there with a gun",
    'I swear I am going to hurt someone',
    'I will burn down your store',
    'I know where you live',
    'give me a human or I will kill myself',
  ])('is understood, before anything else: %s', (text) => {
    expect(readAlarm(text)).toBe('harm');
  });

  test.each([
    'I am dying to get my refund',
    'this sofa is to die for',
    'these heels are killing me',
    'the shoes hurt my feet',
    'I cut myself on the broken vase',
    'the chair is going to hurt someone one day',
    'it makes me want to die laughing',
    'the Suicide Squad poster came torn',
    'I want to shoot them for my catalogue',
    'the battery died',
    "I don't want to hurt you, but the quality is poor",
    'the dye is bad',
  ])('is not seen in: %s', (text) => {
    expect(readAlarm(text)).toBeUndefined();
  });
});

describe('a contradiction', () => {
  test.each([
    "that's wrong",
    'That is not right',
    'no, I said the blue one',
    'No I meant order 1002',
    "that's not what I ordered",
    'that’s not what I asked',
    'thats the wrong order',
    'you got that wrong',
    'you are not listening',
    'I already told you my postal code',
    'I told you it is the desk',
    'you misunderstood me',
    "no, you're wrong",
    'that is still incorrect',
  ])('is heard in: %s', (text) => {
    expect(contradicts(text)).toBe(true);
  });

  test.each([
    'no',
    'no thanks',
    'no, I changed my mind',
    'no, keep it',
    'they sent the wrong size',
    "that's the wrong size",
    'the colour is wrong',
    'I ordered the wrong one',
    'what is wrong with it?',
    'yes',
    'not this one, the other',
    'that is right',
    'I said yes',
    'wrong item',
  ])('is not heard in: %s', (text) => {
    expect(contradicts(text)).toBe(false);
  });

  const says = (author: AlarmMessage['author'], text: string): AlarmMessage => ({ author, text });

  test('counts twice when the bot answered in between, whatever else was said', () => {
    expect(
      contradictsTwice([
        says('customer', 'return the shirt'),
        says('agent', 'The green one?'),
        says('customer', 'no, I said the blue one'),
        says('agent', 'The blue one of order 1001?'),
        says('customer', 'how long does it take?'),
        says('agent', 'A few days.'),
        says('customer', "that's wrong"),
      ]),
    ).toBe(true);
  });

  test('counts once for several messages on one answer, and not before the bot said anything', () => {
    expect(
      contradictsTwice([
        says('customer', "that's not what I ordered"),
        says('agent', 'Which order?'),
        says('customer', "that's wrong"),
        says('customer', 'I told you, 1001'),
      ]),
    ).toBe(false);
  });
});
