export * from './csv';
export * from './number';
export * from './time';
export { setZone } from './zone';
