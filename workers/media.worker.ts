import './worker-start';
import { expose } from 'comlink';
import { MediaReader } from './media/media-reader';

expose(new MediaReader());
