/**
 * A value as JSON has it: without the fields that are `undefined`. Reasons of decisions write those; codecs take none.
 */
export const definedOnly = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(definedOnly);
  if (typeof value !== 'object' || value === null) return value;
  const defined: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (entry !== undefined) defined[name] = definedOnly(entry);
  }
  return defined;
};
