/** What the system says of the network. */
export interface NetworkConditions {
  online: boolean;
  /** The user pays by volume. */
  metered: boolean;
}

/** What the connectivity service reports, once for each cause. */
export type ConnectivityChange =
  /** The network went or came back, or has become metered or unmetered. */
  | { kind: 'conditions'; conditions: NetworkConditions }
  /** The machine woke up, or the network is back: connections are dead, and work starts again. */
  | { kind: 'resumed'; cause: 'wake' | 'network' }
  /** An address of this machine is gone, and with it every connection from it. */
  | { kind: 'address-lost' };
