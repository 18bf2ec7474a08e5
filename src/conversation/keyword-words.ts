import type { Language } from '../returns/language.ts';

/** Whole messages, in small letters and without accents. */
type Words = {
  readonly stop: ReadonlySet<string>;
  /** Taken for coming back only from somebody who left: at any other time they are answers like any other. */
  readonly back: ReadonlySet<string>;
  readonly help: ReadonlySet<string>;
};

/**
 * English holds the words Twilio itself obeys: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 * CANCEL is one of them. In the other languages it is not: there it more likely speaks of an order.
 */
export const keywordWords: Readonly<Record<Language, Words>> = {
  en: {
    stop: words('stop, stopall, stop all, unsubscribe, cancel, end, quit, revoke, optout, opt out'),
    back: words('yes'),
    help: words('help, info'),
  },
  es: {
    stop: words(
      'alto, para, parar, pare, detener, baja, de baja, dar de baja, darme de baja, dame de baja, darse de baja, desuscribir, desuscribirme, no mas mensajes, no mas sms, no quiero mas mensajes, no quiero recibir mas mensajes, no quiero recibir mensajes, dejar de recibir mensajes, parar mensajes',
    ),
    back: words('si, alta, iniciar, empezar, comenzar, reanudar'),
    help: words('ayuda'),
  },
  fr: {
    stop: words(
      'arret, arrete, arretez, arreter, stop sms, desabonner, desabonnement, me desabonner, desabonnez moi, desinscrire, desinscription, plus de messages, plus de sms, arretez les messages, arreter les messages, ne plus recevoir de messages, je ne veux plus de messages',
    ),
    back: words('oui, demarrer, commencer, reprendre'),
    help: words('aide'),
  },
  de: {
    stop: words(
      'stopp, stoppen, abmelden, abbestellen, austragen, aufhoren, aufhoeren, nachrichten abbestellen, keine nachrichten, keine nachrichten mehr, keine sms mehr, ich will keine nachrichten mehr, ich mochte keine nachrichten mehr',
    ),
    back: words('ja, starten, anmelden, fortsetzen'),
    help: words('hilfe'),
  },
  pt: {
    stop: words(
      'sair, parem, descadastrar, me descadastrar, descadastre me, parar mensagens, pare de enviar mensagens, nao quero mais mensagens, nao quero receber mensagens, nao enviem mais mensagens',
    ),
    back: words('sim, comecar, retomar, voltar'),
    help: words('ajuda'),
  },
  it: {
    stop: words(
      'basta, ferma, fermare, fermati, fermatevi, disiscriviti, disiscrivimi, disiscrivermi, cancellami, basta messaggi, niente piu messaggi, non voglio messaggi, non voglio piu messaggi, non voglio ricevere messaggi',
    ),
    back: words('si, inizia, iniziare, avvia, riprendi, riprendere'),
    help: words('aiuto'),
  },
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(', '));
}
