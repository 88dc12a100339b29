/** What a workflow run is told by its environment variables. */
export interface GithubProps {
  /** @default 'https://api.github.com' */
  readonly apiUrl?: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
}

const PAGE = 100;
const MOST_PAGES = 50;

/** Who writes with the token that a workflow run is given. */
export const BOT = 'github-actions[bot]';

/** GitHub's REST API of one repository. */
export class Github {
  constructor(private readonly props: GithubProps) {}

  /** @throws if a variable is missing */
  static of(env: NodeJS.ProcessEnv): Github {
    const { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = env;
    if (repository === undefined || token === undefined)
      throw new Error('GITHUB_REPOSITORY and GITHUB_TOKEN are missing: pass the token to the step by env');
    return new Github({ apiUrl, repository, token });
  }

  get repository(): string {
    return this.props.repository;
  }

  /** A request below `/repos/<owner>/<name>`. @throws if it isn't granted */
  async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const { apiUrl = 'https://api.github.com', repository, token } = this.props;
    const response = await fetch(`${apiUrl}/repos/${repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'eks-ingress',
        'x-github-api-version': '2022-11-28',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`GitHub: ${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  /** All items of a list, page by page. */
  async *list(path: string): AsyncGenerator {
    const sign = path.includes('?') ? '&' : '?';
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const items = await this.request('GET', `${path}${sign}per_page=${PAGE}&page=${page}`);
      if (!Array.isArray(items)) return;
      yield* items as unknown[];
      if (items.length < PAGE) return;
    }
  }
}
