import './cut-off-network';
import '../../workers/asr.worker';
