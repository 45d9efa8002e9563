/** Which permissions people have consented to, by app and resource. Names are compared without case, as by Entra. */
export class Consents {
  readonly #granted = new Map<string, Map<string, string>>();

  grant(clientId: string, accountId: string, resource: string, permissions: readonly string[]): void {
    const key = consentKey(clientId, accountId, resource);
    const granted = this.#granted.get(key) ?? new Map<string, string>();
    for (const permission of permissions) granted.set(permission.toLowerCase(), permission);
    this.#granted.set(key, granted);
  }

  withdraw(clientId: string, accountId: string, resource: string, permissions: readonly string[]): void {
    const granted = this.#granted.get(consentKey(clientId, accountId, resource));
    for (const permission of permissions) granted?.delete(permission.toLowerCase());
  }

  holds(clientId: string, accountId: string, resource: string, permission: string): boolean {
    const granted = this.#granted.get(consentKey(clientId, accountId, resource));
    return granted?.has(permission.toLowerCase()) ?? false;
  }

  /** All permissions of a resource, spelled as they were when they were consented to. */
  of(clientId: string, accountId: string, resource: string): readonly string[] {
    return [...(this.#granted.get(consentKey(clientId, accountId, resource))?.values() ?? [])];
  }
}

function consentKey(clientId: string, accountId: string, resource: string): string {
  return `${clientId} ${accountId} ${resource.toLowerCase()}`;
}
