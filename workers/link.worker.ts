import './worker-start';
import { expose } from 'comlink';
import { LinkReader } from './link/link-reader';

expose(new LinkReader());
