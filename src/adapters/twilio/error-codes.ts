/** What a Twilio error says about the text it was answered to, at sending or in a delivery receipt. */
export type TwilioErrorMeaning = 'opted-out' | 'unreachable' | 'rejected' | 'retry-later' | 'operator';

/** Undefined for codes nobody has classified. List: https://www.twilio.com/docs/api/errors */
export function meaningOfTwilioError(code: string): TwilioErrorMeaning | undefined {
  return meanings.get(code);
}

const meanings: ReadonlyMap<string, TwilioErrorMeaning> = new Map(
  Object.entries({
    'opted-out': ['21610'],
    unreachable: [
      '21211', // not a valid number
      '21214', // cannot be reached
      '21408', // region not permitted
      '21612', // no route
      '21614', // not a mobile number
      '30003', // handset unreachable
      '30004', // blocked
      '30005', // unknown handset
      '30006', // landline or unreachable carrier
      '63003', // no such channel user
      '63014', // blocked by the user
      '63024', // invalid recipient
    ],
    rejected: [
      '21602', // no body
      '21617', // too long
      '30007', // filtered
      '30034', // sender not registered
      '63013', // channel policy
      '63016', // outside the 24-hour window
      '63021', // channel rejects the content
      '63049', // Meta chose not to deliver
    ],
    'retry-later': [
      '20429', // too many requests
      '20500', // internal error
      '20503', // unavailable
      '30001', // queue overflow
      '30008', // unknown
      '63010', // channel internal error
      '63012', // channel internal error
      '63018', // channel rate
      '63032', // channel limits this user for now
    ],
    operator: [
      '20003', // credentials
      '20404', // no such account
      '21212', // sender not valid
      '21603', // sender missing
      '21606', // sender not ours
      '21659', // sender not ours
      '21660', // sender of another account
      '63007', // no such channel sender
    ],
  } satisfies Record<TwilioErrorMeaning, readonly string[]>).flatMap(([meaning, codes]) =>
    codes.map((code): [string, TwilioErrorMeaning] => [code, meaning as TwilioErrorMeaning]),
  ),
);
