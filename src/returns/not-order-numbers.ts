const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const year = String.raw`(?:19|20)\d\d\b`;
const currencies = '(?:usd|eur|gbp|cad|aud|jpy|dollars?|euros?|pounds?|bucks|yen|cents?)';
const units =
  '(?:%|ml|cl|kg|g|oz|lbs?|cm|mm|inch(?:es)?|pcs|pieces|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?|times|stars?)';
const measures = '(?:sizes?(?: is)?|sz|qty|quantity|(?:pack|set|box) of|model|sku|waist|length)';
const places =
  '(?:zip(?: ?code)?|post(?:al)? ?code|postal|plz|apt|apartment|suite|unit|room|flat|floor|p\\.?o\\.? box)';
const phones = '(?:phone|tel|telephone|mobile|cell|whatsapp|fax)';

/** Numbers that are something else, the longest spellings first: a part of a date must not survive it. */
const patterns: readonly RegExp[] = [
  /https?:\/\/\S+|www\.\S+|\S+@\S+/gi,
  /\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}\/\d{1,2}\b/g,
  new RegExp(String.raw`\b${months}\.? ${day}\b(?:,? ${year})?`, 'gi'),
  new RegExp(String.raw`\b${day}\.? (?:of )?${months}\b\.?(?:,? ${year})?`, 'gi'),
  new RegExp(String.raw`\b(?:${months}|in|since|year),? ${year}`, 'gi'),
  /\b\d{1,2}:\d{2}(?::\d{2})?\b/g,
  new RegExp(String.raw`(?:\p{Sc}|\b${currencies})\s*\d[\d.,]*`, 'giu'),
  new RegExp(String.raw`(?<![\d#])\d(?:[\d.,]*\d)?\s?(?:\p{Sc}(?!\s?\d)|${currencies}\b)`, 'giu'),
  /(?<![\d#])\d+(?:[.,]\d{1,3})+(?!\d)/g,
  new RegExp(String.raw`\b${phones}(?: number)?(?: is|:)?\s*[\d+(][\d ().-]{4,}`, 'gi'),
  /(?<![\w#])(?:\+|00)\d[\d ().-]{5,}\d|(?<![\w#])0\d{1,4}(?:[ .-]\d{2,6})+(?!\w)/g,
  /(?<!\w)(?:1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}(?!\w)|(?<!\w)\d{3}-\d{4}(?!\w)/g,
  /\b\d{5}-\d{4}\b/g,
  new RegExp(String.raw`\b${measures}[\s:.]*#?\d+\w*`, 'gi'),
  new RegExp(String.raw`\b${places}[\s:.]*(?:is |no\.? )?#?\d[\w-]*`, 'gi'),
  new RegExp(String.raw`(?<![\w#])(?:\d+ ?${units}|\d{1,2} ?x|x ?\d+)(?!\w)`, 'gi'),
];

/**
 * Blanks out dates, times, prices, phone numbers, addresses, sizes and quantities. Expects folded text in
 * which order numbers that were called so carry a `#`.
 */
export function blankOtherNumbers(text: string): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, ' ; '), text);
}
