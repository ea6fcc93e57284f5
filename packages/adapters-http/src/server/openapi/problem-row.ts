/**
 * The body of a refusal (RFC 9457) as a codec, for its schema.
 *
 * @packageDocumentation
 */
import { CaName, strict, Text, t } from '@mandate/domain';
import { orNull } from '../rows/credential.js';

export const ProblemRow = strict(
  {
    type: t.string,
    title: t.string,
    status: t.Int,
    code: t.string,
    texts: Text,
    helper: t.keyof({ none: null, portal: null, issuingCa: null, moica: null, manager: null }),
    requestId: t.string,
  },
  {
    helpdesk: t.strict({ name: Text, phone: t.string, url: orNull(t.string), unlockUrl: orNull(t.string) }),
    fields: t.readonlyArray(t.strict({ path: t.string, code: t.string, texts: Text })),
    params: strict({}, { ca: CaName }),
  },
  'Problem',
);
