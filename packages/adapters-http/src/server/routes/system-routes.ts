/**
 * Whether the service is there, and what it can be asked.
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';
import { describe } from '../description.js';
import { orNull } from '../rows/credential.js';

const open = { method: 'GET', tag: 'system', access: ['public'], status: 200 } as const;

export const systemRoutes = {
  health: describe({
    ...open,
    id: 'health',
    path: '/health',
    summary: { zh: '程式是否運作', en: 'Whether the process answers' },
    answer: t.strict({ status: t.literal('alive') }, 'Health'),
    errors: [],
  }),
  ready: describe({
    ...open,
    id: 'ready',
    path: '/ready',
    summary: {
      zh: '是否可提供服務',
      en: 'Whether store, vault, lists and decision index answer and know what was committed',
    },
    answer: t.strict(
      {
        status: t.literal('ready'),
        /** Seconds since which a list has not known the last event; 0 where it does. */
        lagSeconds: t.number,
        /** `null` where the program was given no way to ask. */
        readModels: orNull(t.readonlyArray(t.strict({ name: t.string, caughtUp: t.boolean }))),
        authority: orNull(t.boolean),
      },
      'Readiness',
    ),
    errors: ['UNAVAILABLE', 'READ_MODEL_BEHIND'],
  }),
  openapi: describe({
    ...open,
    id: 'openapi',
    path: '/openapi.json',
    cached: true,
    summary: { zh: '本介面之 OpenAPI 3.1 文件', en: 'This interface as an OpenAPI 3.1 document' },
    answer: { media: 'application/json; charset=utf-8' },
    errors: [],
  }),
};
