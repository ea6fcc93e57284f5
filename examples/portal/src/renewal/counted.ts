/**
 * Steps of a renewal that are counted before they are taken, and the page that says to wait.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { addressKey } from '@mandate/adapters-http/server';
import type { RenewalPack } from '@mandate/domain';
import { summary } from '../parts/notice.js';
import { html } from '../site/html.js';
import type { Screen } from '../site/screen.js';
import type { SiteSettings } from '../site/settings.js';
import type { Visit } from '../site/visit.js';
import { base, renewalPage, renewalView } from './frame.js';
import { type Asker, type Counting, renewalLimits, tooMany } from './limits.js';
import { cardOf } from './which.js';

/** However its base64 is written. */
const digestOf = (certificate: string): string | undefined =>
  certificate === ''
    ? undefined
    : createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex');

export interface CountedPages {
  readonly counted: (counting: ReadonlyArray<Counting>, screen: Screen) => Screen;
  /** The ID number was the card's: it was no guess. */
  readonly wasRight: (visit: Visit) => void;
}

export const countedPages = (
  pack: RenewalPack,
  { now, addressOf }: Pick<SiteSettings, 'now' | 'addressOf'>,
): CountedPages => {
  const limits = renewalLimits({ now });

  const askerOf = (visit: Visit, counting: Counting): Asker => {
    const { request, form } = visit;
    const address = addressOf?.(request);
    return {
      address: address === undefined ? undefined : addressKey(address),
      // A card's number can be said of any card; its certificate is what the ID number is compared with.
      card: counting === 'step' ? cardOf(request) : digestOf(form.text('certificate')),
      person: form.text('nationalId').trim(),
    };
  };

  const tooOften = async (visit: Visit, seconds: number): Promise<Response> => {
    const { zh, en, status } = tooMany;
    const headers = { 'retry-after': String(seconds) };
    if (visit.url.pathname === `${base}/announce`)
      return new Response(JSON.stringify({ code: 'TOO_MANY_REQUESTS', zh, en }), {
        status,
        headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
      });
    const view = await renewalView(visit, pack);
    const body = html`${summary(view, { text: { zh, en }, fields: [], helpdesk: pack.helpdesk })}`;
    return visit.page(renewalPage(view, view.words.say('renewal.title'), body), { status, headers });
  };

  const counted =
    (counting: ReadonlyArray<Counting>, screen: Screen): Screen =>
    async (visit, path) => {
      const seconds = limits.take(counting.map((one) => [one, askerOf(visit, one)]));
      return seconds === undefined ? screen(visit, path) : tooOften(visit, seconds);
    };

  return { counted, wasRight: (visit) => limits.give('guess', askerOf(visit, 'guess')) };
};
