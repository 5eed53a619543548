import './trusted-types';
import { expose } from 'comlink';
import { Engine } from './asr/engine';

expose(new Engine());
