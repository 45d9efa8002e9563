export type SecretKind = 'access_token' | 'refresh_token' | 'id_token' | 'device_code';

export interface IssuedSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Every secret that was ever given out, also where a fault swallowed the answer: for finding leaks. */
export class IssuedSecrets {
  readonly all: IssuedSecret[] = [];

  add(kind: SecretKind, value: unknown): void {
    if (typeof value === 'string') this.all.push({ kind, value });
  }
}
