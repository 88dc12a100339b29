import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly authorization?: string;
}

/** Answers like GitHub's API: by `METHOD path`, all else isn't there. */
export class FakeGithub {
  readonly repository = 'octo/shop';
  private constructor(
    private readonly server: Server,
    readonly requests: readonly Request[],
    readonly apiUrl: string,
  ) {}

  static async start(answers: Readonly<Record<string, unknown>>): Promise<FakeGithub> {
    const requests: Request[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        const path = url.replace('/repos/octo/shop', '');
        const { authorization } = request.headers;
        requests.push({
          method,
          path,
          authorization,
          ...(text !== '' && { body: JSON.parse(text) as unknown }),
        });
        const answer = answers[`${method} ${path.replace(/[?&]per_page=100&page=1$/, '')}`];
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(answer === undefined ? '{"message":"Not Found"}' : JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new FakeGithub(server, requests, `http://127.0.0.1:${port}`);
  }

  /** What was written, without what was only read. */
  get writes(): Request[] {
    return this.requests.filter(({ method }) => method !== 'GET');
  }

  get env(): NodeJS.ProcessEnv {
    return { GITHUB_API_URL: this.apiUrl, GITHUB_REPOSITORY: this.repository, GITHUB_TOKEN: 'token-1' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
