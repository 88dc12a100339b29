import { kubernetesVersions } from '../tables';
import { ownCluster, type EnvironmentRule } from './rule';

/** Days before an end of support from which on it is worth a warning. */
const NOTICE = 60;

/** The version is one of EKS and supported, under the upgrade policy chosen. */
export const kubernetesVersionRule: EnvironmentRule = function* (environment, today) {
  const cluster = ownCluster(environment);
  if (!cluster) return;
  const path = 'cluster.kubernetesVersion';
  const value = cluster.kubernetesVersion;
  const table = kubernetesVersions();
  const supported = Object.entries(table).flatMap(([name, { standardEnd }]) =>
    standardEnd > today ? [name] : [],
  );
  const remedy = `write one of ${supported.join(', ')}`;
  const dates = table[value];
  if (!dates) {
    yield { path, value, reason: 'EKS has no such version that is known here', remedy };
    return;
  }
  const { standardEnd, extendedEnd } = dates;
  if (today >= extendedEnd) {
    yield { path, value, reason: `its extended support ended on ${extendedEnd}`, remedy };
    return;
  }
  if (today >= standardEnd && cluster.upgradePolicy === 'STANDARD') {
    yield {
      path,
      value,
      reason: `its standard support ended on ${standardEnd}, and upgradePolicy STANDARD has no extended one`,
      remedy: `${remedy}, or upgradePolicy: 'EXTENDED' at a higher price`,
    };
    return;
  }
  const [kind, end] = today >= standardEnd ? ['extended', extendedEnd] : ['standard', standardEnd];
  const left = daysBetween(today, end);
  if (left > NOTICE) return;
  yield { path, value, reason: `its ${kind} support ends on ${end}, in ${left} days`, remedy, warning: true };
};

/** Whole days from one `YYYY-MM-DD` to another. */
function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Julian day number. */
function dayNumber(date: string): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)].map(Number) as [
    number,
    number,
    number,
  ];
  // A year that begins in March has its leap day last.
  const early = month < 3 ? 1 : 0;
  const years = year + 4800 - early;
  const months = month + 12 * early - 3;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return day + Math.floor((153 * months + 2) / 5) + 365 * years + leapDays;
}
