/** Only these have steps that are not over. Found by an index of unfinished orders, however long the history is. */
export const runsUnderWay = `select r.id from orders o join run r on r.reference = o.reference
  where o.state in ('open', 'attention')`;
