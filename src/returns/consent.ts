export type Consent = 'yes' | 'no' | 'unclear';

/**
 * Whether a whole message is an unconditional yes or no. Anything it does not know word for word is
 * 'unclear': a question too many costs a text, a yes too many costs money. In answer to whether an order shall
 * be cancelled, "cancel it" refuses nothing, and agrees to nothing either.
 */
export function readConsent(text: string, to?: 'cancellation'): Consent {
  const tone = readTone(text, to);
  return tone === 'polite' ? 'unclear' : tone;
}

/**
 * Over every customer message since the quote was shown, oldest first. The last decisive one wins;
 * a yes followed by anything but politeness is no longer a yes.
 */
export function consentOf(messages: readonly string[], to?: 'cancellation'): Consent {
  let consent: Consent = 'unclear';
  for (const message of messages) {
    const tone = readTone(message, to);
    if (tone === 'yes' || tone === 'no') consent = tone;
    else if (tone === 'unclear' && consent === 'yes') consent = 'unclear';
  }
  return consent;
}

type Tone = Consent | 'polite';

function readTone(text: string, to: 'cancellation' | undefined): Tone {
  if (anyQuestionMark.test(text)) return 'unclear';
  const lines = text.split(/[\n\r\u2028\u2029]+/u).filter((line) => line.trim() !== '');
  const tones = new Set(lines.map((line) => readLine(line, to)));
  if (tones.size === 0 || tones.has('unclear')) return 'unclear';
  if (tones.has('yes')) return tones.has('no') ? 'unclear' : 'yes';
  return tones.has('no') ? 'no' : 'polite';
}

function readLine(line: string, to: 'cancellation' | undefined): Tone {
  const plain = normalise(line);
  if (!onlyWords.test(plain) || /\.\s*\./u.test(plain)) return 'unclear';
  const words = plain.match(/[\p{L}\p{M}]+|\p{Extended_Pictographic}/gu) ?? [];
  const tones = new Set<Tone>();
  for (let start = 0; start < words.length; ) {
    const found = longestPhrase(words, start, to === 'cancellation' ? toneOfCancelling : toneOf);
    if (found === undefined) return 'unclear';
    tones.add(found.tone);
    start += found.length;
  }
  if (tones.size === 0 || tones.has('unclear') || (tones.has('yes') && tones.has('no'))) return 'unclear';
  return tones.has('yes') ? 'yes' : tones.has('no') ? 'no' : 'polite';
}

function longestPhrase(
  words: readonly string[],
  start: number,
  toneOf: ReadonlyMap<string, Tone>,
): { tone: Tone; length: number } | undefined {
  for (let length = Math.min(longest, words.length - start); length > 0; length -= 1) {
    const tone = toneOf.get(words.slice(start, start + length).join(' '));
    if (tone !== undefined) return { tone, length };
  }
  return undefined;
}

/** Full-width letters, accents, skin tones, invisible characters, "yesss" and "don't" become plain. */
function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Cf}|\p{Emoji_Modifier}/gu, '')
    .replace(/(?<=\p{Script=Latin})\p{Mn}+|\p{Variation_Selector}/gu, '')
    .replace(/(?<=\p{L})['\u2019\u02bc`](?=\p{L})/gu, '')
    .replace(/(\p{Script=Latin})\1{2,}/gu, '$1')
    .normalize('NFC');
}

/** Also the Greek one, which Unicode normalisation would turn into a semicolon. */
const anyQuestionMark = /[?\u{ff1f}\u{fe56}\u{61f}\u{bf}\u{37e}\u{2047}-\u{2049}\u{203d}\u{2753}\u{2754}]/u;
const onlyWords =
  /^(?:[\p{L}\p{M}\s.,!;\-\u{3001}\u{3002}\u{a1}\u{2013}\u{2014}]|\p{Extended_Pictographic})+$/u;

// "tak" (Polish yes, Danish thanks) and "ano" (Czech yes, Tagalog what) are left out on purpose.
const yesPhrases = `
  yes|y|yep|yup|yeah|yea|ye|yeh|ya|yah|yess|yas|yessir|aye|yes i do|i do|yes it is|yes i am|yes i would|i would
  ok|okay|okey|oki|okie|okie dokie|okey dokey|okey doke|k|kk|alright|all right|alrighty|aight|ok do that
  sure|sure thing|for sure|im sure|i am sure|yes im sure|of course|certainly|absolutely|definitely|by all means
  go|go ahead|please go ahead|go for it|go on|go on then|you can go ahead|you may go ahead|feel free
  do it|please do|do so|do that|do this|please do it|lets do it|let us do it|lets do that|lets do this|lets go
  let us go|make it so|make it happen|i want to go ahead|id like to go ahead|i would like to go ahead|carry on
  proceed|please proceed|you can proceed|you may proceed|continue|please continue|lets proceed|go through with it
  sounds good|sounds great|sounds fine|sounds perfect|sounds good to me|that sounds good|that sounds great
  that sounds fine|sounds ok|that sounds ok|looks good|looks good to me|that looks good|looks right|lgtm
  that works|works for me|that works for me|this works|that will work|thatll work|that will do|thatll do
  fine|fine by me|fine with me|thats fine|that is fine|its fine|it is fine|thats fine by me|thats fine with me
  ok by me|ok with me|thats ok|thats okay|that is ok|that is okay|its ok|good with me|im ok with that
  im good with that|im happy with that|i am happy with that|happy with that|im fine with that
  confirm|confirmed|i confirm|please confirm it|i confirm that|i confirm it|approve|approved|i approve
  accept|accepted|i accept|i accept that|i accept it|agree|agreed|i agree|deal|its a deal|you have my ok
  correct|thats correct|that is correct|right|thats right|that is right|exactly|indeed|affirmative|roger
  refund it|refund me|refund them|please refund|please refund it|please refund me|refund please|return it
  please return it|return them|submit it|submit|please submit|submit the return|start the return|do the return
  process it|please process it|process the return|process the refund|do the refund|make the refund
  give me the refund|start it|book it|send it back|go ahead with it|go ahead with that|go ahead with the return
  go ahead with the refund|please go ahead with it|please go ahead with the return|please go ahead and refund me
  go ahead and refund me|go ahead and refund it|go ahead and do it|yes to that
  i want to return it|i want to return them|id like to return it|i would like to return it|i do want to return it
  i want it refunded|i want the refund|i want that refund|id like the refund|i would like the refund|i confirm the return
  i confirm the refund|yes to the refund|yes to the return|that would be great|that would be good|that would be perfect
  that would be fine|that would be lovely|thatd be great|that is perfect|thats perfect|yes we do|we agree
  👍|👌|✅|✔|☑|🆗|💯
  si|claro|claro que si|por supuesto|vale|de acuerdo|adelante|esta bien|hazlo|hagalo|confirmo|correcto
  si por favor|oui|ouais|daccord|bien sur|allez y|vas y|cest bon|volontiers|oui svp|je confirme
  ja|jawohl|jo|klar|gerne|ja gerne|ja bitte|einverstanden|genau|passt|in ordnung|mach das|machen sie das
  sim|pode|pode fazer|com certeza|isso mesmo|va bene|certo|certamente|daccordo|procedi|conferma
  ja graag|graag|akkoord|prima|ja tack|garna|ja tak|gerne tak|kylla|joo|evet|tamam|da|tak prosze|jasne|igen
  да|конечно|хорошо|ναι|はい|お願いします|是|是的|好|好的|可以|네|예|نعم|हाँ|हां`;

const noPhrases = `
  no|n|nope|nah|naw|no way|no go|not now|not yet|not today|not really|no not now|no not yet|not interested|negative
  no thanks|no thank you|no need|no im good|no i am good|no i dont|i dont|i do not|i dont want to|i do not want to
  i dont want that|i dont want this|i dont want it|i do not want that|i do not agree|i dont agree|disagree
  dont|do not|dont do it|do not do it|dont do that|do not do that|please dont|please do not|please dont do it
  dont go ahead|do not go ahead|dont proceed|do not proceed|dont submit it|dont refund it|do not refund it
  dont return it|dont confirm|i dont confirm|i do not confirm|i dont accept|i do not accept|not ok|not okay
  never|never mind|nevermind|nvm|forget it|forget about it|forget that|leave it|leave that|drop it|skip it
  wait|please wait|hold on|hang on|hold off|hold it|one moment|one sec|just a moment|just a second|give me a minute
  stop|stop it|stop that|please stop|cancel|cancel it|cancel that|cancel the return|cancel this|abort|decline
  cancel my return|dont refund|do not return it
  ok no|okay no|ok no thanks|okay no thanks|ok never mind|okay never mind|ok nevermind|ok nvm|ok cancel|ok cancel it
  ok leave it|ok forget it|actually no|actually no thanks|no actually|on second thought no|i said no|no i changed my mind
  i changed my mind no|dont refund me|do not refund me|dont return anything|dont return them|i am keeping it|im keeping it
  i am keeping them|im keeping them|no keep it|no return|no refund
  i decline|later|maybe later|another time|some other time|not this time
  keep it|ill keep it|i will keep it|ill keep them|i will keep them|i want to keep it|i want to keep them
  ill pass|i will pass|no deal|absolutely not|definitely not|certainly not|of course not|no chance|not happening
  i changed my mind about the return|👎|❌|🚫|✋
  claro que no|no gracias|mejor no|todavia no|espera|espere|dejalo|non|non merci|pas maintenant|attendez
  nein|nein danke|nee|nee bedankt|nej|nej tak|nej tack|nao|nao obrigado|nao obrigada|no grazie|aspetta
  nie|nie dziekuje|hayir|ei|nem|нет|нет спасибо|όχι|いいえ|不|不要|不是|아니요|لا|नहीं`;

const politePhrases = `
  please|pls|plz|please and thank you|thanks|thank you|thanks a lot|many thanks|thanks so much|thank you so much
  thank you very much|thanks very much|thanks again|thank you again|thx|tx|ty|tysm|cheers|much appreciated
  appreciate it|i appreciate it|great|perfect|excellent|awesome|wonderful|lovely|brilliant|cool|nice|good|super
  great thanks|thats great|that is great|no problem|no worries|youre welcome
  hi|hello|hey|hi there|hello there|good morning|good afternoon|good evening|bye|goodbye|have a nice day
  have a good day|have a great day|you too|take care|then|and thanks|and thank you|sir|madam|maam|mate|buddy|friend|oh|ah
  for your help|for the help|for helping|that was quick|🙏|🙂|😊|😀|😃|😄|🎉|❤
  gracias|muchas gracias|por favor|merci|merci beaucoup|svp|sil vous plait|danke|danke schon|vielen dank|bitte
  obrigado|obrigada|grazie|grazie mille|per favore|dank je|bedankt|tack|спасибо|ありがとう|谢谢|감사합니다|شكرا`;

// Sarcasm, and having read what we wrote, made of words that agree elsewhere.
const doubtfulPhrases = 'yeah right|yea right|ya right|yes right sure|oh sure|oh right|ok sure whatever';

/** Only where an order is to be cancelled. */
const cancelPhrases = `
  cancel|cancel it|cancel that|cancel this|cancel them|cancel the order|cancel my order|cancel this order|cancel that order
  cancel the whole order|cancel everything|cancel all of it|cancel the whole thing|please cancel|please cancel it
  please cancel the order|please cancel my order|i want to cancel|i want to cancel it|i want it cancelled|i want it canceled
  i do want to cancel|id like to cancel|id like to cancel it|i would like to cancel|go ahead and cancel|go ahead and cancel it`;
const agreedPhrases = 'ok cancel|ok cancel it|ok cancel the order|ok cancel my order';
const keepPhrases = `
  keep the order|keep my order|ill keep the order|i will keep the order|dont cancel|dont cancel it|do not cancel
  do not cancel it|please dont cancel|please dont cancel it|dont cancel the order|dont cancel my order
  i dont want to cancel|leave the order|send it|please send it|ship it|please ship it`;

const toneOf: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ...entries(doubtfulPhrases, 'unclear'),
  ...entries(politePhrases, 'polite'),
  ...entries(noPhrases, 'no'),
  ...entries(yesPhrases, 'yes'),
]);
const toneOfCancelling: ReadonlyMap<string, Tone> = new Map([
  ...toneOf,
  ...entries(keepPhrases, 'no'),
  ...entries(cancelPhrases, 'polite'),
  ...entries(agreedPhrases, 'yes'),
]);
const longest = Math.max(...[...toneOfCancelling.keys()].map((phrase) => phrase.split(' ').length));

function entries(table: string, tone: Tone): readonly (readonly [string, Tone])[] {
  return table
    .split(/[|\n]/u)
    .map((phrase) => normalise(phrase).trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => [phrase, tone] as const);
}
