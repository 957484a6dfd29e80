/** How money is paid. */
export const METHODS = ['card', 'cash', 'transfer'] as const;
