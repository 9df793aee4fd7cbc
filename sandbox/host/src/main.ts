import './style.css';
import { startBare } from './bare.ts';
import { Desk } from './desk.ts';

const barePlayer = /^\/play\/(\d+)\/?$/.exec(location.pathname)?.[1];
await (barePlayer === undefined ? new Desk().start() : startBare(Number(barePlayer)));
