/**
 * Faults that a test orders: each meets a call of its kind, so many times, and is gone.
 *
 * @packageDocumentation
 */

/** The calls that a fault can meet. `append` is either kind of append, at the moment when all its events are there. */
export type FaultCall = 'append' | 'read' | 'subscribe' | 'gossip' | 'features';

/** What goes wrong. */
export type Fault =
  /** All connections are cut; of an append before anything is stored. */
  | { readonly _tag: 'Cut' }
  /** An append is stored, and then all connections are cut: nobody hears of it. */
  | { readonly _tag: 'CutAfterCommit' }
  /** SIGKILL to this process, before or after an append is stored. */
  | { readonly _tag: 'Kill'; readonly when: 'before commit' | 'after commit' }
  /** The call is carried out so much later. */
  | { readonly _tag: 'Delay'; readonly milliseconds: number }
  /** The call is never answered; of an append nothing is stored. */
  | { readonly _tag: 'Silence' }
  /** The node is not, or no longer, the leader, and says who is. */
  | { readonly _tag: 'NotLeader'; readonly address: string; readonly port: number }
  /** The node says that it is not ready, as it does during an election. */
  | { readonly _tag: 'NotReady' }
  /** An append answers a wrong expected version that is not so; the stream is said to end at `current`. */
  | { readonly _tag: 'WrongVersion'; readonly current: bigint }
  /** The stream of batch appends is ended in good order, and this append is left without an answer. */
  | { readonly _tag: 'EndBatchStream'; readonly stored: boolean }
  /** A read or subscription is cut after so many events. */
  | { readonly _tag: 'CutAfterEvents'; readonly events: number };

interface Order {
  readonly call: FaultCall;
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** What a test orders, and what it sees of it. */
export interface Faults {
  /** Orders a fault for the next call of a kind, after `skip` of them, so many times. */
  readonly order: (
    call: FaultCall,
    fault: Fault,
    options?: { readonly skip?: number; readonly times?: number },
  ) => void;
  /** Takes the fault that meets this call, if any. */
  readonly take: (call: FaultCall) => Fault | undefined;
  /** Forgets all orders. */
  readonly clear: () => void;
  /** How many calls of a kind there were. */
  readonly calls: (call: FaultCall) => number;
}

/** Makes {@link Faults}, none ordered. */
export const makeFaults = (): Faults => {
  let orders: Array<Order> = [];
  const counted = new Map<FaultCall, number>();
  return {
    order: (call, fault, { skip = 0, times = 1 } = {}) => {
      orders.push({ call, fault, skip, times });
    },
    take: (call) => {
      counted.set(call, (counted.get(call) ?? 0) + 1);
      const order = orders.find((each) => each.call === call);
      if (order === undefined) return undefined;
      if (order.skip > 0) {
        order.skip -= 1;
        return undefined;
      }
      order.times -= 1;
      if (order.times <= 0) orders = orders.filter((each) => each !== order);
      return order.fault;
    },
    clear: () => {
      orders = [];
    },
    calls: (call) => counted.get(call) ?? 0,
  };
};
