import './losable-gpu';
import '../../workers/asr.worker';
