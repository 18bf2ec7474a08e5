/** What the guided model says about pictures, voice notes and files. */
export const attachmentPhrases = {
  gotPicture: 'Thanks for the picture.',
  aboutPicture:
    'What is it about? Tell me the order number and what you would like to return, or ask for a person.',
  added: 'I have added it to your request.',
  cannotListen: "I can't listen to voice notes here. Please write to me instead.",
  cannotOpen: "I can't open what you sent; I can look at photos (JPEG or PNG). Please tell me in words.",
  cannotUse: "I can't use a location or a contact here.",
  tellMe: 'Tell me the order number and what you would like to return, or ask for a person.',
  someUnopened: 'Part of what you sent I could not open.',
  writtenYes: 'I need your answer in writing.',
};

const { gotPicture, someUnopened, cannotListen } = attachmentPhrases;
const receipts = [gotPicture, someUnopened, cannotListen];

/** What we said ourselves, without the words about what came with a text: questions are known by their beginning. */
export function withoutReceipt(text: string): string {
  const receipt = receipts.find((each) => text.startsWith(`${each} `));
  return receipt === undefined ? text : withoutReceipt(text.slice(receipt.length + 1));
}
