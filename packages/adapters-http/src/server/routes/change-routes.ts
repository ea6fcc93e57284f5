/**
 * What was committed, as it happens.
 *
 * @packageDocumentation
 */
import { describe } from '../description.js';

export const changeRoutes = {
  changes: describe({
    id: 'changes',
    method: 'GET',
    path: '/changes',
    tag: 'changes',
    summary: {
      zh: '異動通知(事件串流)',
      en: 'Server-sent events: position, type and agency of what is committed; goes on after Last-Event-ID',
    },
    access: ['client', 'session', 'staff'],
    scopes: ['read'],
    holding: ['manager'],
    answer: { media: 'text/event-stream; charset=utf-8' },
    status: 200,
    errors: ['INVALID_INPUT', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'],
  }),
};
