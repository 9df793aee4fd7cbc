import './style.css';
import { startBare } from './bare.ts';
import { Desk } from './desk.ts';
import { failure } from './failure.ts';

const barePlayer = /^\/play\/(\d+)\/?$/.exec(location.pathname)?.[1];
try {
  await (barePlayer === undefined ? new Desk().start() : startBare(Number(barePlayer)));
} catch (error) {
  document.body.append(failure(error));
}
