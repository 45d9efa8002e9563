/** Requests of the dialect layer to the provider library, which listens on loopback in the same process. */
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';

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

  post(path: string, form: Readonly<Record<string, string>>): Promise<ProviderReply> {
    return new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        agent: this.#agent,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
      const sent = request(`${this.#origin}${path}`, options, (response) => {
        const ok = response.statusCode === 200;
        json(response).then((body) => resolve({ ok, body: body as ProviderReply['body'] }), reject);
      });
      sent.on('error', reject);
      sent.end(new URLSearchParams(form).toString());
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
