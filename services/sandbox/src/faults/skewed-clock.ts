// Loaded before a process's own code: its clock is wrong by CLOCK_SKEW_MS.
const skewMs = Number(process.env.CLOCK_SKEW_MS);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, as) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + skewMs] : given, as),
  get: (target, property, receiver) =>
    property === 'now' ? () => RealDate.now() + skewMs : Reflect.get(target, property, receiver),
});
