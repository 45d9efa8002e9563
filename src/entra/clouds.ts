/** The clouds that the input `cloud` can name. */
export const cloudNames = ['public', 'usgovernment', 'china'] as const;
export type CloudName = (typeof cloudNames)[number];

/** One of Entra's clouds. */
export interface Cloud {
  readonly host: string;
  /** The host under which MSAL Node files what it caches for this cloud. */
  readonly cacheHost: string;
  /** Every host under which some MSAL may have filed it. */
  readonly aliases: readonly string[];
  /** Resource of Microsoft Graph. */
  readonly graph: string;
  /** Names of Exchange Online, whose tokens the mail servers take; the one to write first. */
  readonly outlook: readonly [string, ...string[]];
}

/** @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    host: 'login.microsoftonline.com',
    cacheHost: 'login.windows.net',
    aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: 'https://graph.microsoft.com',
    outlook: ['https://outlook.office.com', 'https://outlook.office365.com'],
  },
  usgovernment: {
    host: 'login.microsoftonline.us',
    cacheHost: 'login.microsoftonline.us',
    aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
    outlook: ['https://outlook.office365.us', 'https://webmail.apps.mil'],
  },
  china: {
    host: 'login.partner.microsoftonline.cn',
    cacheHost: 'login.partner.microsoftonline.cn',
    aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    outlook: ['https://partner.outlook.cn'],
  },
};
