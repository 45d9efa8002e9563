/**
 * The floor of the path with a refresh: one HTTPS POST through the proxy, and its answer printed. Its arguments are the
 * URL and the body.
 */
import { request } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';

const [url = '', body = ''] = process.argv.slice(2);
const options = {
  method: 'POST',
  agent: new HttpsProxyAgent(process.env['https_proxy'] ?? ''),
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
};
request(url, options, (answer) => answer.pipe(process.stdout)).end(body);
