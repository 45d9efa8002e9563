/** Requests of the dialect layer to the provider library, which listens on loopback in the same process. */
import { Agent } from 'node:http';
import { sendHttpRequest } from '../http-request.ts';

export interface ProviderReply {
  readonly ok: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export class BackChannel {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(origin: string) {
    this.#origin = origin;
  }

  async post(path: string, form: Readonly<Record<string, string>>): Promise<ProviderReply> {
    const url = new URL(path, this.#origin);
    const { status, body } = await sendHttpRequest(url, { body: form, agent: this.#agent });
    return { ok: status === 200, body: JSON.parse(body) as ProviderReply['body'] };
  }

  close(): void {
    this.#agent.destroy();
  }
}
