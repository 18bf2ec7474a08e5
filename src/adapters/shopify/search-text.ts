/** One term of Shopify's search syntax, in which everything else of the text would be an operator. */
export function quoteSearch(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
