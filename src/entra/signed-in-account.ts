/** Somebody who is signed in. */
export interface SignedInAccount {
  readonly homeAccountId: string;
  /** Empty where the authority named none. */
  readonly username: string;
}
