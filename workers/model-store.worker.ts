import './worker-start';
import { expose } from 'comlink';
import { ModelStore } from './models/model-store';

expose(new ModelStore());
