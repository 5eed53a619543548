import { reportTimings } from './network-reports';
import './trusted-types';

// What every worker does before anything else.
reportTimings('timing');
