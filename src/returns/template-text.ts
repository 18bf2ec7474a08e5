import { splitText } from './split-text.ts';

/** A template is at most 1,024 characters, of which its own words need some. https://www.twilio.com/docs/errors/63021 */
const variableLength = 900;

/**
 * A text as the variables of one template after the other: WhatsApp takes no line break, no tab and no run of
 * spaces in a variable.
 */
export function templateTexts(text: string): readonly string[] {
  return splitText(text.replace(/\s+/g, ' '), variableLength);
}
