import { listen } from './service/listen';

listen();
