/** The outputs of the action that are there to hand over secrets. */
export const secretOutputs: readonly string[] = ['access-token', 'access-tokens', 'xoauth2'];
