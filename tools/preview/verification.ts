/** How the load balancers that are there compare with a preview. */
export interface Verification {
  readonly Deviations: readonly {
    /** Load balancer and field, such as `shop/services Listeners[0].Rules[1].Priority`. */
    readonly Path: string;
    /** As JSON; `nothing` where there is none. */
    readonly Previewed: string;
    readonly Made: string;
  }[];
  /** How many values were compared. */
  readonly Compared: number;
  /** How many could not be: they are known only after apply, or are of fields that are not read. */
  readonly NotCompared: number;
  /** Fields that are not read. */
  readonly Unread: readonly string[];
}
