/** MSAL Node's network, as the sandbox needs it: through a CONNECT proxy, with a root of the sandbox's own. */
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { HttpsProxyAgent } from 'https-proxy-agent';

export function createMsalNetwork(proxyUrl: string, ca: string): INetworkModule {
  const agent = new HttpsProxyAgent(proxyUrl);
  const send = <T>(
    method: string,
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, ca, headers: options?.headers ?? {} }, (response) => {
        const answer = (body: string) => ({
          status: response.statusCode ?? 0,
          headers: flat(response.headers),
          body: JSON.parse(body) as T,
        });
        text(response).then((body) => resolve(answer(body)), reject);
      });
      sent.on('error', reject).end(options?.body);
    });
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

function flat(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
