/** The views of the read side: tables, projections, queries. */
export {};
