import { describe, expect, it } from 'vitest';
import { keywordAnswers } from '../../src/conversation/keyword-answers.ts';
import { readKeyword } from '../../src/conversation/keywords.ts';

const kindOf = (text: string, optedOut = false) => readKeyword(text, { optedOut })?.kind;

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
    expect(kindOf(text)).toBe('stop');
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
    expect(kindOf(text)).toBe('start');
  });

  it('reads a yes as coming back only from someone who left', () => {
    expect(kindOf('YES', true)).toBe('start');
    expect(kindOf('Yes!', true)).toBe('start');
    expect(readKeyword('YES', { optedOut: false })).toBeUndefined();
    expect(readKeyword('YES')).toBeUndefined();
  });

  it.each(['HELP', 'help!', 'info', 'Info?'])('reads %j as asking who we are', (text) => {
    expect(kindOf(text)).toBe('help');
  });

  it.each(['help me return my shirt', 'can you help', 'start a return', 'more info on order 1001'])(
    'does not take %j for a keyword',
    (text) => {
      expect(readKeyword(text)).toBeUndefined();
    },
  );

  it.each([
    ['ALTO', 'es'],
    ['Baja', 'es'],
    ['PARAR', 'es'],
    ['No más mensajes, por favor', 'es'],
    ['ARRET', 'fr'],
    ['arrêt !', 'fr'],
    ['Désabonner', 'fr'],
    ['Arrêter svp', 'fr'],
    ['STOPP', 'de'],
    ['Bitte abmelden', 'de'],
    ['Aufhören!', 'de'],
    ['SAIR', 'pt'],
    ['Não quero mais mensagens', 'pt'],
    ['basta', 'it'],
    ['Niente più messaggi', 'it'],
    ['unsubscribe', 'en'],
  ])('reads %j as a wish to be left alone, and knows its language', (text, language) => {
    expect(readKeyword(text)).toMatchObject({ kind: 'stop', language });
  });

  it.each([
    'voy a parar en la tienda',
    'quiero dar de baja mi pedido',
    'cancelar',
    'cancelar el pedido',
    'annuler',
    'annuler ma commande',
    "l'arrêt de bus",
    'storniere meine Bestellung',
    'abbrechen',
    'das Ende ist kaputt',
    'cancelar o pedido',
    'annulla',
    'basta la taglia M',
    'para mi hija',
    'ja',
    'sí',
    'oui',
    'alta',
    'ayuda con mi pedido',
  ])('leaves %j to the conversation, in any language', (text) => {
    expect(readKeyword(text)).toBeUndefined();
  });

  it.each([
    ['Sí', 'es'],
    ['oui !', 'fr'],
    ['Ja', 'de'],
    ['SIM', 'pt'],
    ['inizia', 'it'],
  ])('reads %j as coming back only from someone who left', (text, language) => {
    expect(readKeyword(text, { optedOut: true })).toMatchObject({ kind: 'start', language });
    expect(readKeyword(text)).toBeUndefined();
  });

  it.each([
    ['ayuda', 'es'],
    ['AIDE', 'fr'],
    ['Hilfe!', 'de'],
    ['ajuda', 'pt'],
    ['aiuto', 'it'],
  ])('reads %j as asking who we are', (text, language) => {
    expect(readKeyword(text)).toMatchObject({ kind: 'help', language });
  });

  it('keeps the words a wish was made in, and none that are not part of it', () => {
    expect(readKeyword(' Stop texting me!! ')?.word).toBe('stop texting me');
    expect(readKeyword('Hey there', { optedOut: false }, 'stop')).toEqual({
      kind: 'stop',
      word: undefined,
      language: undefined,
    });
  });

  it('takes what the provider answered for what the provider took it for', () => {
    expect(readKeyword('help', { optedOut: false }, 'stop')?.kind).toBe('stop');
    expect(readKeyword('STOP', { optedOut: false }, 'stop')).toMatchObject({ kind: 'stop', word: 'stop' });
  });
});

/** GSM 03.38, in which 160 characters fit into one text; a single other letter makes it 70. */
const cheap = /^[\w\s@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

it.each(Object.entries(keywordAnswers))(
  'the answers in %s are of letters a text carries cheaply',
  (_, say) => {
    expect(say.back('Birch & Loom')).toMatch(cheap);
    expect(say.help('Birch & Loom')).toMatch(cheap);
    expect(say.help('Birch & Loom')).toMatch(/Birch & Loom.*STOP/);
  },
);
