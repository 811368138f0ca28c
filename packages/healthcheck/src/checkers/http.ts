/** What genhash shares with HTTP_GET, so that both find the same digest. */
export { type HttpRequest, httpRequest } from './http-request.ts';
export { type HttpResponse, responseReader } from './http-response.ts';
