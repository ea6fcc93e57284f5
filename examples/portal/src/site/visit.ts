/**
 * One request of a browser: what it sent, in which language it reads, and the register's interface in its name.
 *
 * @packageDocumentation
 */
import type { RegisterClient } from '@mandate/adapters-http/client';
import type { AnswerOptions } from './answers.js';
import type { FormFields } from './form.js';
import type { Html } from './html.js';
import type { ReceiptShelf } from './receipt-shelf.js';
import type { SiteSettings } from './settings.js';
import type { View } from './view.js';
import type { Words } from './words.js';

export interface Visit {
  readonly settings: SiteSettings;
  readonly request: Request;
  readonly url: URL;
  readonly words: Words;
  /** What was sent by POST; empty for everything else. */
  readonly form: FormFields;
  /** The register over HTTP, asked with the browser's cookies and the token of its form. */
  readonly client: RegisterClient;
  /**
   * The same in a session that a challenge of this very request has begun, whose token no page can have had. Where there was a
   * session before, the challenge itself was refused without the page's token.
   */
  readonly begun: (csrf: string) => RegisterClient;
  /** Receipts that this browser may load again. */
  readonly receipts: ReceiptShelf;
  /** What every page is told; asks who is in. */
  readonly view: () => Promise<View>;
  /** Goes out with the answer. */
  readonly setCookie: (cookie: string) => void;
  readonly page: (page: Html, options?: Pick<AnswerOptions, 'status' | 'headers'>) => Response;
  readonly goTo: (path: string) => Response;
  readonly json: (value: unknown) => Response;
  readonly notFound: () => Promise<Response>;
}
