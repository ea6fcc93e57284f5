/** A service that the register stands on did not answer; nothing was changed. */
export interface DependencyFault {
  readonly _tag: 'DependencyFault';
  readonly dependency: 'directory' | 'identity' | 'revocation' | 'certificateAuthority';
  /** English, for operators; holds no personal data. */
  readonly detail: string;
}
