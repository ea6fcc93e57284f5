import type { Visit } from './visit.js';

/** Answers a visit; `path` are the parts of its address that the route names. */
export type Screen = (visit: Visit, path: Readonly<Record<string, string>>) => Promise<Response> | Response;

export interface Page {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly show: Screen;
}
