import { describeTwin } from './twin-goldens';

describeTwin('en');
