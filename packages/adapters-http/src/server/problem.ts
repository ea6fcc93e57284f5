/**
 * Refusals over HTTP: those of the register, and those that only HTTP has; both by one table each, and as
 * `application/problem+json` (RFC 9457).
 *
 * @packageDocumentation
 */
import {
  type CaName,
  errorTextOf,
  type FieldError,
  type Helpdesk,
  type Helper,
  helpdeskOfCa,
  type PortalPolicy,
  type RegisterError,
  type RegisterErrorCode,
  registerErrors,
} from '@mandate/domain';
import { type HttpErrorCode, httpErrors } from './http-errors.js';

// -------------------------------------------------------------------------------------
// refusals
// -------------------------------------------------------------------------------------

export type ErrorCode = RegisterErrorCode | HttpErrorCode;

/** A refusal that the register does not know: of the request, its sender or the machinery. Nothing was changed. */
export interface HttpRefusal {
  readonly _tag: 'HttpRefusal';
  readonly code: HttpErrorCode;
  readonly zh: string;
  readonly en: string;
  readonly status: number;
  readonly helper: Helper;
  readonly ca?: CaName;
  readonly fields?: ReadonlyArray<FieldError>;
  /** For operators; in no answer. */
  readonly detail?: string;
  /** `Allow`, `Retry-After` and the like. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Refusal = RegisterError | HttpRefusal;

/** Makes a refusal of HTTP from its code. */
export const httpRefusal = (
  code: HttpErrorCode,
  extras: Pick<HttpRefusal, 'detail' | 'headers'> = {},
): HttpRefusal => ({ _tag: 'HttpRefusal', code, ...httpErrors[code], ...extras });

/** A refusal that passes by itself; `seconds` until it is worth trying again. */
export const passing = (code: HttpErrorCode, seconds: number, detail?: string): HttpRefusal =>
  httpRefusal(code, {
    headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
    ...(detail === undefined ? {} : { detail }),
  });

/** The status of any code. */
export const statusOf = (code: ErrorCode): number =>
  Object.hasOwn(httpErrors, code)
    ? httpErrors[code as HttpErrorCode].status
    : registerErrors[code as RegisterErrorCode].status;

// -------------------------------------------------------------------------------------
// problem
// -------------------------------------------------------------------------------------

/** Whom to call. */
export interface ProblemHelpdesk {
  readonly name: { readonly zh: string; readonly en: string };
  readonly phone: string;
  readonly url: string | null;
  readonly unlockUrl: string | null;
}

/** What `application/problem+json` holds. Nothing personal. */
export interface Problem {
  /** `urn:mandate:error:<CODE>`. */
  readonly type: string;
  /** In the language that was asked for; zh-TW where none was. */
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly texts: { readonly zh: string; readonly en: string };
  readonly helper: Helper;
  readonly helpdesk?: ProblemHelpdesk;
  readonly fields?: ReadonlyArray<{
    readonly path: string;
    readonly code: string;
    readonly texts: { readonly zh: string; readonly en: string };
  }>;
  /** Numbers and names of CAs. */
  readonly params?: { readonly ca?: CaName };
  readonly requestId: string;
}

const deskOf = (policy: PortalPolicy, { helper, ca }: Refusal): Helpdesk | undefined => {
  switch (helper) {
    case 'issuingCa':
      return ca === undefined ? undefined : helpdeskOfCa(policy, ca);
    case 'moica':
      return helpdeskOfCa(policy, 'MOICA');
    case 'portal':
      return policy.helpdesks.find((desk) => desk.ca === null);
    default:
      return undefined;
  }
};

/** The body of a refusal, in the portal's own words where its pack has some. */
export const problemOf = (
  refusal: Refusal,
  context: { readonly policy: PortalPolicy; readonly language: 'zh' | 'en'; readonly requestId: string },
): Problem => {
  const { code, status, helper, fields, ca } = refusal;
  const { zh, en } = errorTextOf(context.policy, refusal);
  const desk = deskOf(context.policy, refusal);
  return {
    type: `urn:mandate:error:${code}`,
    title: context.language === 'en' ? en : zh,
    status,
    code,
    texts: { zh, en },
    helper,
    ...(desk === undefined
      ? {}
      : { helpdesk: { name: desk.name, phone: desk.phone, url: desk.url, unlockUrl: desk.unlockUrl } }),
    ...(fields === undefined
      ? {}
      : {
          fields: fields.map((field) => ({
            path: field.path,
            code: field.code,
            texts: { zh: field.zh, en: field.en },
          })),
        }),
    ...(ca === undefined ? {} : { params: { ca } }),
    requestId: context.requestId,
  };
};

/** The language of a title: English where the caller prefers it to Chinese (RFC 9110 12.5.4). */
export const languageOf = (acceptLanguage: string | null): 'zh' | 'en' => {
  if (acceptLanguage === null) return 'zh';
  const best = new Map<string, number>();
  for (const part of acceptLanguage.slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
    const language = range.split('-')[0] ?? '';
    best.set(language, Math.max(best.get(language) ?? 0, quality === undefined ? 1 : Number(quality)));
  }
  return (best.get('en') ?? 0) > (best.get('zh') ?? best.get('*') ?? 0) ? 'en' : 'zh';
};
