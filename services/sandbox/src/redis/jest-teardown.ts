import { stopTestRedis } from './jest-setup.ts';

export default stopTestRedis;
