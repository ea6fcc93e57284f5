import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** The success of a task that must succeed. */
export const right = async <L, A>(task: TaskEither<L, A>): Promise<A> => {
  const answer = await task();
  if (answer._tag === 'Left') throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

/** The fault of a task that must fail. */
export const left = async <L, A>(task: TaskEither<L, A>): Promise<L> => {
  const answer = await task();
  if (answer._tag === 'Right') throw new Error(`should have failed: ${JSON.stringify(answer.right)}`);
  return answer.left;
};
