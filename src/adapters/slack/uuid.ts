/** Our own ids come back from Slack in buttons and modals; anything else there is forged. */
export function asUuid<Id extends string>(value: unknown): Id | undefined {
  const isUuid = typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
  return isUuid ? (value as Id) : undefined;
}
