/**
 * ISO 4217 minor units that are not 2. Deliberately not read from Intl: Node follows CLDR, which writes
 * IQD, HUF, IDR, COP, PKR and others without decimals although a shop charges and refunds them with.
 */
const exponents: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  ...Object.fromEntries('CLF UYW'.split(' ').map((code) => [code, 4])),
};

const knownCurrencies: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf('currency'),
  ...Object.keys(exponents),
]);

/** Decimals of the currency's minor unit: USD 2, JPY 0, KWD 3. Throws RangeError on an unknown code. */
export function exponentOf(currency: string): number {
  if (!knownCurrencies.has(currency) || currency === 'XXX') {
    throw new RangeError(
      `Unknown currency code ${JSON.stringify(currency.slice(0, 8))}; expected ISO 4217, e.g. USD`,
    );
  }
  return exponents[currency] ?? 2;
}
