import './worker-start';
import { expose } from 'comlink';
import { Engine } from './asr/engine';

expose(new Engine());
