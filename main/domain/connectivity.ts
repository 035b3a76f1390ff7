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
  /** These addresses of this machine are gone, and with them every connection from them. */
  | { kind: 'addresses-lost'; addresses: string[] };
