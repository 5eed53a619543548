import { describeTwin } from './twin-goldens';

describeTwin('v3');
