export { AliasRecords, type AliasRecordsProps } from './alias-records';
export { DnsCertificate, type DnsCertificateProps } from './certificate';
