/** Something an operator should know, and that refused nobody. `detail` is English and holds nothing personal. */
export interface Trouble {
  readonly kind: 'refresh' | 'cache' | 'file';
  readonly detail: string;
}

export type OnTrouble = (trouble: Trouble) => void;

/** What listens is the portal's: its exceptions are not ours to spread. */
export const quietly =
  (listener: OnTrouble | undefined): OnTrouble =>
  (trouble) => {
    try {
      listener?.(trouble);
    } catch {
      // There is nobody to tell.
    }
  };
