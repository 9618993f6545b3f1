const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it is an existing point in time as this system writes it: RFC 3339, UTC, `Z`. */
export function isUtcTime(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    UTC_TIME.test(value) &&
    isDay(+value.slice(0, 4), +value.slice(5, 7), +value.slice(8, 10)) &&
    isClock(+value.slice(11, 13), +value.slice(14, 16), +value.slice(17, 19))
  );
}

/** Whether it is an existing day, such as 2026-01-31. */
export function isDate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const match = DATE.exec(value);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * The same point in time in UTC with `Z`. A time without a zone means UTC; a fraction keeps its digits.
 * What is no time comes back as it is: the schema check names it afterwards.
 */
export function toUtcTime(text: string): string {
  if (UTC_TIME.test(text)) return text;
  const match = TIME.exec(text);
  if (match === null) return text;
  const [, year, month, day, hour, minute, second = '00', fraction, zone] = match;
  // Checked before Date sees it: Date would turn 30 February silently into 2 March.
  if (!isDay(Number(year), Number(month), Number(day))) return text;
  if (!isClock(Number(hour), Number(minute), Number(second))) return text;
  const wholeSeconds = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const tail = fraction === undefined ? 'Z' : `.${fraction}Z`;
  const offset = offsetMinutes(zone);
  if (offset === undefined) return text;
  if (offset === 0) return wholeSeconds + tail;
  return new Date(Date.parse(`${wholeSeconds}Z`) - offset * 60_000).toISOString().slice(0, 19) + tail;
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The year 0 is one by the standard's form only; databases have none. */
function isDay(year: number, month: number, day: number): boolean {
  const days = DAYS[month - 1];
  if (days === undefined || day < 1 || year < 1) return false;
  return day <= days || (month === 2 && day === 29 && isLeap(year));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isClock(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && second <= 59;
}
