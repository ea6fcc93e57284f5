import type { RegisterMethods } from '@mandate/adapters-http/client';

/** What a method of the register's interface answers when it does not refuse. */
export type AnswerOf<K extends keyof RegisterMethods> = Extract<
  Awaited<ReturnType<RegisterMethods[K]>>,
  { readonly _tag: 'Right' }
>['right'];
