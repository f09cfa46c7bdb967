/** What can be used until it is disposed of, as on an `AsyncDisposableStack`. */
export interface DisposedTogether extends AsyncDisposable {
  use<Part extends AsyncDisposable>(part: Part): Part;
}

/**
 * For parts of which each may take its time to end and none needs another: all are told at once, so that together they take as
 * long as the slowest. Rejects after all have ended, when some could not.
 */
export function disposedTogether(): DisposedTogether {
  const parts: AsyncDisposable[] = [];
  return {
    use(part) {
      parts.push(part);
      return part;
    },
    async [Symbol.asyncDispose]() {
      const ends = await Promise.allSettled(parts.map((part) => part[Symbol.asyncDispose]()));
      const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts could not be ended`);
    },
  };
}
