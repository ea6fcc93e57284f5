/** The small GPKI's publications behind a web server, and adapters that find them there. */
import type { CrlQuery, CrlSource, OcspTransport } from '@mandate/certificates';
import type { TestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { type HttpCrlOptions, httpCrlSource, httpOcspTransport } from '../../src/index.js';
import { octets, type Reply, startWebServer, status, type WebServer } from '../../src/testing/index.js';
import { type HandClock, thisMachine } from '../support.js';

export interface GpkiOnTheWeb {
  readonly web: WebServer;
  readonly crls: CrlSource;
  readonly ocsp: OcspTransport;
  /** What lists and responders answer with from now on, in place of what is right. */
  readonly disturb: (what: { readonly lists?: Reply; readonly responders?: Reply }) => void;
  /** From now on the web has what it has: no list is made anew. */
  readonly freeze: () => void;
  /** The source of lists begins again, as after a restart of the process. */
  readonly restart: () => Promise<void>;
  /** How often lists and responders were asked. */
  readonly asked: () => { readonly lists: number; readonly responders: number };
  readonly close: () => Promise<void>;
}

/** Certificates name `http://<host>.test.invalid/…`; here that is a path of one server on this machine. */
export const putOnTheWeb = async (
  pki: TestPki,
  clock: HandClock,
  options: Partial<HttpCrlOptions> = {},
): Promise<GpkiOnTheWeb> => {
  const web = await startWebServer();
  const published = pki.publish({ at: () => new Date(clock.now()) });
  const { deadlineMilliseconds = 20_000 } = options;
  const net = { allowAddresses: thisMachine, deadlineMilliseconds };
  const newSource = () => httpCrlSource({ clock, trust: pki.trust, ...net, ...options });
  let crls = newSource();
  const made = new Map<string, Uint8Array>();
  let frozen = false;
  const ocsp = httpOcspTransport({ clock, ...net });
  let disturbed: { readonly lists?: Reply; readonly responders?: Reply } = {};
  const asked = { lists: 0, responders: 0 };

  const listAt = async (query: CrlQuery, uri: string): Promise<Uint8Array | undefined> => {
    const before = made.get(uri);
    if (frozen && before !== undefined) return before;
    const found = await published.crls.find({ ...query, uris: [uri], at: new Date(clock.now()) })();
    const der = E.isRight(found) ? found.right[0]?.der : undefined;
    if (der !== undefined) made.set(uri, der);
    return der;
  };

  const listReply =
    (query: CrlQuery, uri: string): Reply =>
    (request, response) => {
      asked.lists += 1;
      if (disturbed.lists !== undefined) {
        disturbed.lists(request, response);
        return;
      }
      void listAt(query, uri).then((der) =>
        (der === undefined ? status(404) : octets(der))(request, response),
      );
    };

  const responderReply =
    (uri: string): Reply =>
    (request, response) => {
      asked.responders += 1;
      if (disturbed.responders !== undefined) {
        disturbed.responders(request, response);
        return;
      }
      void published.ocsp
        .ask(uri, request.body)()
        .then((answer) => (E.isLeft(answer) ? status(503) : octets(answer.right))(request, response));
    };

  const here = (uri: string, reply: Reply): string => {
    const path = `/${uri.replace('http://', '')}`;
    web.serve(path, reply);
    return web.uri(path);
  };

  return {
    web,
    crls: {
      find: (query) =>
        crls.find({ ...query, uris: query.uris.map((uri) => here(uri, listReply(query, uri))) }),
    },
    ocsp: { ask: (uri, request) => ocsp.ask(here(uri, responderReply(uri)), request) },
    disturb: (what) => {
      disturbed = what;
    },
    freeze: () => {
      frozen = true;
    },
    restart: async () => {
      await crls.close();
      crls = newSource();
    },
    asked: () => ({ ...asked }),
    close: async () => {
      await crls.close();
      await ocsp.close();
      await web.close();
    },
  };
};
