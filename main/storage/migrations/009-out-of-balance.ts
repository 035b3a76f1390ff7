/** Whether a failed job says by the number 402 that it ended because the balance was used up. */
export const outOfBalance = `
ALTER TABLE jobs ADD COLUMN out_of_balance INTEGER NOT NULL DEFAULT 0;
`;
