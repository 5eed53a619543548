import { describeTwin } from './twin-goldens';

describeTwin('multilingual');
