/** What the system says of the network. */
export interface NetworkConditions {
  online: boolean;
  /** Paid by use. */
  metered: boolean;
}

/** What the connectivity service reports, once for each cause. */
export type ConnectivityChange =
  /** The network went, came back, or is paid by use from now on. */
  | { kind: 'conditions'; conditions: NetworkConditions }
  /** The machine woke up, or the network is back: connections are dead, and work begins anew. */
  | { kind: 'resumed'; cause: 'wake' | 'network' }
  /** An address of this machine is gone, and with it every connection from it. */
  | { kind: 'address-lost' };
