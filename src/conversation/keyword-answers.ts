import type { Language } from '../returns/language.ts';

type Answers = {
  readonly back: (storeName: string) => string;
  readonly help: (storeName: string) => string;
};

/** In letters that a text message carries cheaply: one á or ç would make three texts of one. */
export const keywordAnswers: Readonly<Record<Language, Answers>> = {
  en: {
    back: (store) => `You will get messages from ${store} again. How can I help?`,
    help: (store) =>
      `${store} returns: tell me what you want to return and your order number, for example "return the blue shirt from order 1001". Ask for a person at any time. Reply STOP to get no more messages.`,
  },
  es: {
    back: (store) => `Vuelves a recibir mensajes de ${store}. ¿En qué puedo ayudarte?`,
    help: (store) =>
      `Devoluciones de ${store}: dime qué quieres devolver y de qué pedido, por ejemplo "devolver la camisa azul del pedido 1001". Puedes pedir hablar con una persona. Responde STOP para dejar de recibir mensajes.`,
  },
  fr: {
    back: (store) => `Vous recevez de nouveau les messages de ${store}. Comment puis-je vous aider ?`,
    help: (store) =>
      `Retours ${store} : dites-moi ce que vous voulez renvoyer et le numéro de commande, par exemple "renvoyer la chemise bleue de la commande 1001". Vous pouvez demander une personne. Répondez STOP pour ne plus recevoir de messages.`,
  },
  de: {
    back: (store) => `Sie erhalten wieder Nachrichten von ${store}. Wie kann ich helfen?`,
    help: (store) =>
      `Retouren bei ${store}: Schreiben Sie, was Sie zurückgeben möchten, und die Bestellnummer, zum Beispiel "blaues Hemd aus Bestellung 1001 zurückgeben". Sie können jederzeit nach einem Menschen fragen. Antworten Sie STOP, um keine Nachrichten mehr zu erhalten.`,
  },
  pt: {
    back: (store) => `Volta a receber mensagens de ${store}. Em que posso ajudar?`,
    help: (store) =>
      `${store}: diga o que quer devolver e de que pedido, por exemplo "devolver a camisa azul do pedido 1001". Pode pedir para falar com uma pessoa. Responda STOP para deixar de receber mensagens.`,
  },
  it: {
    back: (store) => `Riceve di nuovo i messaggi di ${store}. Come posso aiutare?`,
    help: (store) =>
      `Resi ${store}: scriva che cosa vuole restituire e il numero d'ordine, per esempio "restituire la camicia blu dell'ordine 1001". Può chiedere di parlare con una persona. Risponda STOP per non ricevere più messaggi.`,
  },
};
