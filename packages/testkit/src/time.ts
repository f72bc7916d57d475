/** A Thursday in October, as in the pictures: 16 October 2025, 10:00 in Anybridge. */
export const THURSDAY = new Date('2025-10-16T09:00:00Z');
