/** How old the oldest event of a batch was when its projection was done; by the dimension `Projection`. */
export const PROJECTION_LAG = { name: 'ProjectionLag', unit: 'Milliseconds' } as const;
