export { type Refusal, refusal } from './common.ts';
export { type Configuration, configuration } from './configuration.ts';
export { type Event, event, eventsQuery } from './events.ts';
export { type Instance, instance, type Why, why } from './instance.ts';
export {
  type HandoverAnswer,
  handoverAnswer,
  handoverOrder,
  type ServerAnswer,
  type ServerOrder,
  serverAnswer,
  serverOrder,
} from './orders.ts';
export { type Pool, type PoolServer, pool } from './pool.ts';
export { type Status, status } from './status.ts';
